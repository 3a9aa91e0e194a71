"""Notifications in pages. Everybody sees his own only."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import func, select

from gateway.compte.models import Preference
from gateway.notification import rules, use_cases
from gateway.notification.models import Notification
from gateway.notification.rules import GENRES, Canal
from gateway.pages.rendu import aller, rendre, rendre_bloc
from gateway.session.dependances import User
from shared.web.doors import Db
from shared.web.paging import Cle, paginer

router = APIRouter(include_in_schema=False)
PAR_PAGE = 50
MONTREES_MAX = 99
CANAUX = ((Canal.COURRIEL, "Ici et par e-mail"), (Canal.ECRAN, "Ici seulement"), (Canal.JAMAIS, "Jamais"))


@router.get("/notifications")
async def liste(
    request: Request, db: Db, user: User, curseur: Annotated[str | None, Query(max_length=600)] = None
) -> Response:
    """What I was told, the latest first."""
    requete = select(Notification).where(Notification.compte_id == user.compte.id)
    async with db.read() as session:
        cle = Cle(Notification.id, decroissant=True)
        lignes, suite = await paginer(session, requete, [cle], limite=PAR_PAGE, curseur=curseur)
    contexte: dict[str, Any] = {
        "notifications": lignes,
        "genres": GENRES,
        "suite": f"/notifications?curseur={suite}" if suite else None,
    }
    return rendre(request, "notifications/liste.html", fragment="rangees" if curseur else None, **contexte)


@router.get("/notifications/cloche")
async def cloche(request: Request, db: Db, user: User) -> Response:
    """The bell with what is unread; read again when something is told."""
    async with db.read() as session:
        non_lues = select(Notification.id).where(
            Notification.compte_id == user.compte.id, Notification.lue_le.is_(None)
        )
        nombre = await session.scalar(select(func.count()).select_from(non_lues.limit(MONTREES_MAX + 1).subquery()))
    html = rendre_bloc(request, "notifications/cloche.html", "cloche", nombre=nombre or 0, maximum=MONTREES_MAX)
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})


@router.get("/notifications/{notification_id}")
async def ouvrir(notification_id: UUID, request: Request, db: Db, user: User) -> Response:
    """Go where it leads; it is read from now on."""
    async with db.transaction(user.actor) as tx:
        lien = await use_cases.lire(tx, user.compte.id, notification_id)
    return aller(request, lien or "/notifications")


@router.post("/notifications/tout-lire")
async def tout_lire(request: Request, db: Db, user: User) -> Response:
    """Nothing waits for me any more."""
    async with db.transaction(user.actor) as tx:
        await use_cases.lire(tx, user.compte.id)
    return aller(request, "/notifications", toast="Toutes vos notifications sont lues")


@router.get("/moi/notifications")
async def reglages(request: Request, db: Db, user: User) -> Response:
    """How I want to be told."""
    async with db.read() as session:
        requete = select(Preference.cle, Preference.valeur).where(
            Preference.compte_id == user.compte.id, Preference.cle.startswith("notif.")
        )
        choisis = {ligne.cle: ligne.valeur for ligne in await session.execute(requete)}
    contexte: dict[str, Any] = {
        "genres": [(g, genre, rules.canal(g, choisis.get(rules.cle(g)))) for g, genre in GENRES.items()],
        "canaux": CANAUX,
        "resume": choisis.get(rules.RESUME) == "oui",
        "heure": rules.HEURE_DU_RESUME,
        "email": user.compte.email,
    }
    return rendre(request, "notifications/reglages.html", **contexte)


@router.post("/moi/notifications")
async def regler(request: Request, db: Db, user: User) -> Response:
    """Keep my choices."""
    form = await request.form()
    choix = {rules.cle(g): rules.canal(g, str(form.get(g, ""))).value for g in GENRES}
    choix[rules.RESUME] = "oui" if "resume" in form else "non"
    async with db.transaction(user.actor) as tx:
        await use_cases.regler(tx, user.compte.id, choix)
    return aller(request, "/moi/notifications", toast="Notifications réglées")
