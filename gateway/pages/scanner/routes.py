"""/m/scanner: read a label, land on the object."""

from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.clients.objets import adresse_de_l_objet
from gateway.pages import lectures
from gateway.pages.rendu import rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)


@router.get("/m/scanner")
async def scanner(request: Request, _user: User) -> Response:
    """The scan field, with the camera and what was read lately."""
    return rendre(request, "scanner/scanner.html", chemin="/atelier/objets")


@router.post("/m/scanner")
async def lire(request: Request, user: User) -> dict[str, Any]:
    """What the scan field shows, and where it leads."""
    return await lectures.repondre(request, lambda code, _cle: _trouver(user, code))


async def _trouver(user: Utilisateur, code: str) -> dict[str, Any]:
    lien = await adresse_de_l_objet(user.services, code) if code else None
    if lien is None:
        return {"resultat": "inconnu", "libelle": "Aucun objet ne porte ce code."}
    return {"resultat": "attendu", "libelle": "Objet trouvé", "detail": code, "lien": lien}
