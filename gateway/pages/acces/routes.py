"""Signing in and out, in a page or in the dialog that keeps what was typed."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from gateway.compte import rules, use_cases
from gateway.pages.rendu import rendre
from gateway.reponses import veut_une_page
from gateway.session.dependances import COOKIE, User, csrf_de, trouver_porteur
from shared.kernel.refusals import Refusal
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
Texte = Annotated[str, Form(max_length=200)]


def _suite(chemin: str, defaut: str) -> str:
    """Where to go after signing in: only inside this site."""
    sur = chemin.startswith("/") and not chemin.startswith(("//", "/\\")) and "\\" not in chemin
    return chemin if sur else defaut


@router.get("/")
async def accueil(request: Request) -> Response:
    """The entry page of the person, or the sign-in page."""
    porteur = await trouver_porteur(request)
    return RedirectResponse(porteur.compte.page_entree if porteur else "/connexion", 303)


@router.get("/connexion")
async def page(request: Request, suite: str = "") -> Response:
    """The sign-in page."""
    porteur = await trouver_porteur(request)
    if porteur is not None:
        return RedirectResponse(_suite(suite, porteur.compte.page_entree), 303)
    return rendre(request, "coque/connexion.html", suite=suite, identifiant="", erreur=None)


@router.post("/connexion")
async def se_connecter(
    request: Request, db: Db, identifiant: Texte, mot_de_passe: Texte, suite: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Open a session; a wrong password shows the page again with what was typed."""
    try:
        compte = await use_cases.identifier(db.database, identifiant.strip().lower(), mot_de_passe)
    except Refusal as refus:
        if not veut_une_page(request):
            raise
        contexte: dict[str, Any] = {"suite": suite, "identifiant": identifiant, "erreur": refus.detail}
        return rendre(request, "coque/connexion.html", status_code=401, **contexte)
    adresse = request.client.host if request.client else ""
    async with db.transaction(compte.acteur("page")) as tx:
        appareil = request.headers.get("user-agent", "")
        secret = await use_cases.ouvrir_session(tx, compte, adresse=adresse, appareil=appareil)
    reponse: Response = RedirectResponse(_suite(suite, compte.page_entree), 303)
    if not veut_une_page(request):
        reponse = Response(status_code=204)
        reponse.headers["x-csrf-token"] = csrf_de(request, rules.empreinte(secret))
    _poser_cookie(request, reponse, secret)
    return reponse


@router.post("/deconnexion")
async def se_deconnecter(request: Request, db: Db, user: User) -> Response:
    """Close the session; nothing stays readable by going back."""
    async with db.transaction(user.actor) as tx:
        await use_cases.fermer_session(tx, user.empreinte)
    request.app.state.registre.oublier()
    reponse = RedirectResponse("/connexion", 303)
    reponse.delete_cookie(COOKIE, path="/")
    reponse.headers["clear-site-data"] = '"cache", "storage"'
    return reponse


def _poser_cookie(request: Request, reponse: Response, secret: str) -> None:
    securise = request.app.state.means.settings.public_url.startswith("https://")
    duree = int(use_cases.DUREE_SESSION.total_seconds())
    reponse.set_cookie(COOKIE, secret, max_age=duree, path="/", httponly=True, samesite="lax", secure=securise)
