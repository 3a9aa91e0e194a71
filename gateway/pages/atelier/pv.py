"""The PV de réception, signed by the client on the phone of the technician."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.rendu import aller, rendre, servir
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]
CHAMPS = ("signe_par", "qualite", "reserves", "trace")


@router.get("/atelier/feuilles/{feuille_id}/pv")
async def presenter(feuille_id: UUID, request: Request, user: User) -> Response:
    """What the client reads, and where to sign."""
    return await _page(request, user, feuille_id, {}, {})


@router.post("/atelier/feuilles/{feuille_id}/pv")
async def signer(feuille_id: UUID, request: Request, user: User) -> Response:
    """Signed; refused, what was typed and drawn stays."""
    form = await request.form()
    v = {nom: str(form.get(nom, "")).strip() for nom in CHAMPS}
    try:
        cle = request.headers.get("idempotency-key")
        pv = await user.services.post("inventory", f"/feuilles/{feuille_id}/pv-reception", v, cle=cle)
    except Refus as refus:
        return await _page(request, user, feuille_id, v, refus.erreurs or {"": refus.detail})
    return aller(request, f"/atelier/feuilles/{feuille_id}", toast=f"Réception {pv['numero']} signée")


@router.get("/atelier/pv/{pv_id}.pdf")
async def document(pv_id: UUID, user: User) -> Response:
    """The stored PDF."""
    return servir(await user.services.fichier("inventory", f"/pv-reception/{pv_id}/document"))


async def _page(request: Request, user: Utilisateur, feuille_id: UUID, v: Json, erreurs: dict[str, str]) -> Response:
    feuille = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    contexte: Json = {"f": feuille, "v": {**dict.fromkeys(CHAMPS, ""), **v}, "erreurs": erreurs}
    gabarit, statut = "atelier/pv.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="feuilles", fragment="formulaire", status_code=statut, **contexte)
