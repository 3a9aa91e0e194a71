"""The value of the stock at a date, in pages."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.atelier import natures
from gateway.pages.rendu import aujourd_hui, rendre
from gateway.session.dependances import User

router = APIRouter()


def _jour(request: Request, le: str) -> date:
    """The day asked, today when it is missing or unreadable."""
    try:
        return date.fromisoformat(le)
    except ValueError:
        return aujourd_hui(request)


@router.get("/atelier/stock/valeur")
async def valeur(
    request: Request, user: User, le: str = "", depot_id: str = "", curseur: str | None = None
) -> Response:
    """Place by place, then product by product."""
    jour = _jour(request, le)
    params = {"le": jour.isoformat(), "depot_id": depot_id, "curseur": curseur}
    contexte: dict[str, Any] = {
        "v": await user.services.get("inventory", "/stock/valeur", params),
        "le": jour.isoformat(),
        "depot_id": depot_id,
        "natures": await natures.lues(user),
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/valeur.html", onglet="stock", fragment=fragment, **contexte)


@router.get("/atelier/stock/valeur.csv")
async def exporter(request: Request, user: User, le: str = "", depot_id: str = "") -> Response:
    """Every line, for a spreadsheet."""
    params = {"le": _jour(request, le).isoformat()} | ({"depot_id": depot_id} if depot_id else {})
    fichier = await user.services.fichier("inventory", "/stock/valeur.csv", params)
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "attachment")}
    return Response(fichier.corps, media_type=fichier.entetes.get("content-type"), headers=entetes)
