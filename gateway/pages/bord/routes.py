"""The dashboard in pages."""

from fastapi import APIRouter, Request, Response

from gateway.pages.bord import chiffres
from gateway.pages.rendu import rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)


@router.get("/bord")
async def bord(request: Request, user: User) -> Response:
    """The figures of every trade this person works in."""
    return rendre(request, "bord/bord.html", onglet="bord", fragment="travail", panneaux=await chiffres.lire(user))
