"""My account in pages. Everybody has one; nobody else's is reachable from here."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from gateway.compte import personnel
from gateway.pages.coque.navigation import applications_de
from gateway.pages.moi import securite
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Personne, User, Utilisateur
from shared.kernel.refusals import Refusal
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
router.include_router(securite.router)
Secret = Annotated[str, Form(max_length=200)]


@router.get("/moi")
async def moi(request: Request, db: Db, user: User) -> Response:
    """Name, roles, entry page, password, sessions."""
    return await _page(request, db, user)


@router.post("/moi/entree")
async def entree(request: Request, db: Db, user: User, page_entree: Secret) -> Response:
    """Where signing in leads from now on."""
    permises = {url for url, _ in await _entrees(request, user)}
    async with db.transaction(user.actor) as tx:
        await personnel.choisir_entree(tx, user.compte.id, page_entree, permises)
    request.app.state.registre.oublier()
    return aller(request, "/moi", toast="Page d’entrée enregistrée")


@router.get("/moi/mot-de-passe")
async def choisir_mot_de_passe(request: Request, user: Personne) -> Response:
    """Where a provisional password leads until its owner chose another."""
    return rendre(request, "moi/mot_de_passe.html", provisoire=user.compte.est_provisoire, erreur=None)


@router.post("/moi/mot-de-passe")
async def mot_de_passe(
    request: Request, db: Db, user: Personne, actuel: Secret, nouveau: Secret, confirmation: Secret
) -> Response:
    """A new password, against the present one; the other sessions end."""
    try:
        await personnel.changer_mot_de_passe(
            db.database, user.compte, actuel=actuel, nouveau=nouveau, confirmation=confirmation, garder=user.empreinte
        )
    except Refusal as refus:
        return await _page(request, db, user, erreur=refus.detail)
    request.app.state.registre.oublier()
    return aller(request, "/moi", toast="Mot de passe changé ; vos autres sessions sont fermées")


@router.post("/moi/sessions/{session_id}/fermer")
async def fermer(session_id: UUID, request: Request, db: Db, user: Personne) -> Response:
    """Sign out somewhere else."""
    async with db.transaction(user.actor) as tx:
        await personnel.fermer(tx, user.compte.id, session_id)
    request.app.state.registre.oublier()
    return aller(request, "/moi", toast="Session fermée")


async def _page(request: Request, db: Db, user: Utilisateur, *, erreur: str | None = None) -> Response:
    async with db.read() as session:
        sessions = await personnel.sessions(session, user.compte.id)
    contexte: dict[str, Any] = {
        "compte": user.compte,
        "sessions": sessions,
        "empreinte": user.empreinte,
        "entrees": await _entrees(request, user),
        "erreur": erreur,
    }
    return rendre(request, "moi/moi.html", fragment="mot_de_passe", status_code=422 if erreur else 200, **contexte)


async def _entrees(request: Request, user: Utilisateur) -> list[tuple[str, str]]:
    """The pages somebody may land on: applications, then boards."""
    applications = [(app.url, app.libelle) for app in applications_de(request.state.session)]
    tableaux = await user.services.panneau("demandes", "/tableaux") if user.may("demande.lire") else []
    boards = [(f"/demandes/tableaux/{t['code']}", f"Tableau {t['libelle']}") for t in tableaux or () if t["est_actif"]]
    actuelle = user.compte.page_entree
    connues = {url for url, _ in (*applications, *boards)}
    return [*applications, *boards, *([] if actuelle in connues else [(actuelle, actuelle)])]
