"""The PV de réception, signed by the client on the phone of the technician."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.fichiers import lecture as fichiers
from gateway.pages.rendu import aller, rendre, servir
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]
PHOTOS = ("image/jpeg", "image/png", "image/webp")
OBJETS_LUS = 60  # a feuille has a few; of a long one the first are offered
CHAMPS = ("signe_par", "qualite", "reserves", "trace")


@router.get("/atelier/feuilles/{feuille_id}/pv")
async def presenter(feuille_id: UUID, request: Request, user: User) -> Response:
    """What the client reads, and where to sign."""
    return await _page(request, user, feuille_id, {}, {})


@router.post("/atelier/feuilles/{feuille_id}/pv")
async def signer(feuille_id: UUID, request: Request, user: User) -> Response:
    """Signed; refused, what was typed and drawn stays."""
    form = await request.form()
    v: Json = {nom: str(form.get(nom, "")).strip() for nom in CHAMPS}
    v["photo_ids"] = [str(id_) for id_ in form.getlist("photo_ids")]
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


async def _photos(user: Utilisateur, objets: Sequence[tuple[str, str]]) -> list[Json]:
    """The photos of what is on the feuille, each with the name of its object; as far as inventory answers."""
    lus = await user.services.panneaux(
        *(("inventory", f"/historiques/{id_}/fichiers", {"limite": 50}) for id_, _ in objets)
    )
    return [
        {**fichiers.fichier(f, "objet", id_), "objet": nom}
        for (id_, nom), page in zip(objets, lus, strict=True)
        for f in (page["elements"] if page else ())
        if f["type"] in PHOTOS
    ]


async def _page(request: Request, user: Utilisateur, feuille_id: UUID, v: Json, erreurs: dict[str, str]) -> Response:
    feuille = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    objets = [(o["id"], o["designation"]) for colonne in feuille["colonnes"] for o in colonne["objets"]][:OBJETS_LUS]
    contexte: Json = {
        "f": feuille,
        "v": {**dict.fromkeys(CHAMPS, ""), "photo_ids": [], **v},
        "photos": await _photos(user, objets) if user.may("stock.lire") else [],
        "erreurs": erreurs,
    }
    gabarit, statut = "atelier/pv.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="feuilles", fragment="formulaire", status_code=statut, **contexte)
