"""The address of my agenda, for Outlook, Thunderbird or Google; and my day on one screen."""

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.demandes.presentation import jour
from gateway.pages.planning.vocabulaire import ETATS, NATURES
from gateway.pages.rendu import aller, aujourd_hui, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)


@router.get("/planning/agenda")
async def agenda(request: Request, user: User) -> Response:
    """Whether my agenda has an address; it is shown only when it is made."""
    connu = await user.services.get("demandes", "/agendas/moi")
    return rendre(request, "planning/agenda.html", onglet="equipes", agenda=connu, adresse=None)


@router.post("/planning/agenda")
async def renouveler(request: Request, user: User) -> Response:
    """A new address; the former one stops."""
    cree = await user.services.post("demandes", "/agendas/moi")
    racine = request.app.state.means.settings.public_url.rstrip("/")
    contexte: dict[str, Any] = {"agenda": {"cree_le": None}, "adresse": f"{racine}/agenda/{cree['jeton']}.ics"}
    return rendre(request, "planning/agenda.html", onglet="equipes", fragment="adresse", **contexte)


@router.post("/planning/agenda/revoquer")
async def revoquer(request: Request, user: User) -> Response:
    """The address stops at once."""
    await user.services.delete("demandes", "/agendas/moi")
    return aller(request, "/planning", toast="Adresse d’agenda révoquée")


@router.get("/planning/ma-journee")
async def ma_journee(request: Request, user: User, le: str | None = None) -> Response:
    """Where I go on a day, in order, with what to say and do there."""
    choisi = date.fromisoformat(jour(le) or aujourd_hui(request).isoformat())
    moi = user.compte.collaborateur_id
    params = {"collaborateur_id": moi, "du": choisi, "au": choisi}
    page = await user.services.get("demandes", "/interventions", params) if moi else {"elements": []}
    contexte: dict[str, Any] = {
        "le": choisi,
        "avant": choisi - timedelta(days=1),
        "apres": choisi + timedelta(days=1),
        "visites": [i for i in reversed(page["elements"]) if i["etat"] != "annulee"],
        "etats": ETATS,
        "natures": dict(NATURES),
        "connu": moi is not None,
    }
    return rendre(request, "planning/ma_journee.html", onglet="ma-journee", **contexte)
