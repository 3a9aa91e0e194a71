"""Doubles: seen while typing a contact, and merged once recognised."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur, exiger

router = APIRouter(include_in_schema=False)
Fusionneur = Annotated[Utilisateur, exiger("tiers.fusionner")]
SAISIS = ("nom", "telephone", "email", "siren")


@router.get("/contacts/doublons")
async def doublons(request: Request, user: User) -> Response:
    """The contacts that look like what is being typed in the form."""
    params: dict[str, Any] = {c: request.query_params.get(c, "")[:200] for c in SAISIS}
    params["siren"] = params["siren"] or request.query_params.get("siret", "")[:200]
    params["sauf"] = request.query_params.get("sauf")
    trouves = await user.services.panneau("contacts", "/tiers/doublons", params)
    return rendre(request, "contacts/doublons.html", fragment="doublons", doublons=trouves or [])


@router.get("/contacts/{tiers_id}/reunir")
async def choisir(tiers_id: UUID, request: Request, user: Fusionneur) -> Response:
    """Which double does this contact absorb?"""
    return _formulaire(request, await user.services.get("contacts", f"/tiers/{tiers_id}"))


@router.post("/contacts/{tiers_id}/reunir")
async def reunir(tiers_id: UUID, request: Request, user: Fusionneur) -> Response:
    """Absorb it."""
    absorbe_id = str((await request.form()).get("absorbe_id") or "")
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
    if not absorbe_id:
        return _formulaire(request, tiers, "Choisissez la fiche en double.")
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("contacts", f"/tiers/{tiers_id}/fusionner", {"absorbe_id": absorbe_id}, cle=cle)
    except Refus as refus:
        return _formulaire(request, tiers, refus.detail)
    return aller(request, f"/contacts/{tiers_id}", toast="Les deux fiches n’en font plus qu’une")


def _formulaire(request: Request, tiers: dict[str, Any], erreur: str | None = None) -> Response:
    statut = 422 if erreur else 200
    contexte: dict[str, Any] = {"tiers": tiers, "erreur": erreur}
    return rendre(
        request, "contacts/reunir.html", onglet="contacts", fragment="formulaire", status_code=statut, **contexte
    )
