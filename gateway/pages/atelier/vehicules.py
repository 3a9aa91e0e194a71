"""Vans in pages: what each must carry, what is low, and the refill from its depot in one go."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]


@router.get("/atelier/vehicules")
async def liste(request: Request, user: User) -> Response:
    """The vans, and what is low in each."""
    vehicules = await user.services.get("inventory", "/dotations")
    return rendre(request, "atelier/vehicules.html", onglet="stock", vehicules=vehicules)


@router.get("/atelier/vehicules/{emplacement_id}")
async def fiche(emplacement_id: UUID, request: Request, user: User) -> Response:
    """What one must carry, beside what is there."""
    dotation = await user.services.get("inventory", f"/dotations/{emplacement_id}")
    return rendre(request, "atelier/vehicule.html", onglet="stock", d=dotation)


@router.post("/atelier/vehicules/{emplacement_id}/remplir")
async def remplir(emplacement_id: UUID, request: Request, user: User) -> Response:
    """Put in it what was proposed, or what was corrected."""
    form = await request.form()
    lignes = [
        {"produit_id": str(nom).removeprefix("prendre_"), "quantite": quantite}
        for nom, valeur in form.items()
        if str(nom).startswith("prendre_")
        and (quantite := decimal(str(valeur)))
        and quantite.strip("0.")  # nothing of it
    ]
    page = f"/atelier/vehicules/{emplacement_id}"
    if not lignes:
        return aller(request, page, toast="Rien à prendre au dépôt")
    cle = request.headers.get("idempotency-key")
    await user.services.post("inventory", f"/dotations/{emplacement_id}/remplir", {"lignes": lignes}, cle=cle)
    return aller(request, page, toast="Le plein est fait : le stock du dépôt est à jour")


@router.get("/atelier/vehicules/{emplacement_id}/dotation")
async def doter(emplacement_id: UUID, request: Request, user: User, produit_id: str = "") -> Response:
    """How much of a product it carries."""
    return await _formulaire(request, user, emplacement_id, {"produit_id": produit_id}, {})


@router.post("/atelier/vehicules/{emplacement_id}/dotation")
async def fixer(emplacement_id: UUID, request: Request, user: User) -> Response:
    """Say it; refused, what was typed stays."""
    form = await request.form()
    v: Json = {nom: decimal(str(form.get(nom, ""))) for nom in ("mini", "cible")}
    v["produit_id"] = str(form.get("produit_id", "")) or None
    try:
        await user.services.put("inventory", f"/dotations/{emplacement_id}", v)
    except Refus as refus:
        return await _formulaire(request, user, emplacement_id, v, refus.erreurs or {"": refus.detail})
    return rafraichir(toast="Dotation enregistrée", fermer=True)


@router.post("/atelier/vehicules/{emplacement_id}/dotation/{dotation_id}/retirer")
async def retirer(emplacement_id: UUID, dotation_id: UUID, user: User) -> Response:
    """It carries nothing of it by rule any more."""
    await user.services.delete("inventory", f"/dotations/{emplacement_id}/{dotation_id}")
    return rafraichir(toast="Dotation retirée, ce qui est à bord y reste", fermer=True)


async def _formulaire(
    request: Request, user: Utilisateur, emplacement_id: UUID, v: Json, erreurs: dict[str, str]
) -> Response:
    dotation = await user.services.get("inventory", f"/dotations/{emplacement_id}")
    connue = next((li for li in dotation["lignes"] if li["produit_id"] == v.get("produit_id")), None)
    contexte: Json = {"d": dotation, "connue": connue, "v": {**(connue or {}), **v}, "erreurs": erreurs}
    gabarit, statut = "atelier/dotation.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="stock", fragment="formulaire", status_code=statut, **contexte)
