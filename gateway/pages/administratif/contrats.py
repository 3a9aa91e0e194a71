"""Recurring contracts, for accounts: what each bills, how often, when next."""

from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.administratif.acces import Comptable
from gateway.pages.listes.catalogue import RECURRENTS
from gateway.pages.listes.lecture import lire
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import rendre

router = APIRouter(include_in_schema=False)
SITUATIONS = (
    ("actif", "En cours"),
    ("a_renouveler", "À renouveler sous 90 jours"),
    ("brouillon", "Brouillons"),
    ("tous", "Tous"),
)


@router.get("/administratif/contrats")
async def liste(
    request: Request, user: Comptable, q: str = "", situation: str = "actif", curseur: str | None = None
) -> Response:
    """Contracts with what the filter bills in a year."""
    page, vue = await lire(request, user, RECURRENTS)
    contexte: dict[str, Any] = {"page": page, "liste": vue, "q": q, "situation": situation}
    fragment = "rangees" if curseur else "lignes"
    return rendre(
        request,
        "administratif/contrats.html",
        onglet="recurrents",
        fragment=fragment,
        situations=SITUATIONS,
        **MOTS,
        **contexte,
    )
