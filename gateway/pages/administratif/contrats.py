"""Recurring contracts, for accounts: what each bills, how often, when next."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.administratif.acces import Comptable
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import aujourd_hui, rendre

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
    filtres: dict[str, dict[str, Any]] = {
        "tous": {},
        "a_renouveler": {"a_renouveler_avant": aujourd_hui(request) + timedelta(days=90)},
    }
    filtre = {**filtres.get(situation, {"etat": situation}), "q": q}
    page, totaux = await user.services.panneaux(
        ("maintenance", "/contrats", {**filtre, "curseur": curseur}), ("maintenance", "/contrats/totaux", filtre)
    )
    contexte: dict[str, Any] = {"page": page, "totaux": totaux, "q": q, "situation": situation}
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
