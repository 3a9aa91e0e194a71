"""Parts used on a demande: one entry moves the stock and tells billing."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.demandes.actions import fait
from gateway.pages.rendu import rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
Json = dict[str, Any]


@router.get("/demandes/{demande_id}/pieces")
async def ouvrir(demande_id: UUID, request: Request, user: User) -> Response:
    """What was used, and the form to say more."""
    return await _formulaire(request, user, demande_id, {}, {})


@router.post("/demandes/{demande_id}/pieces")
async def utiliser(demande_id: UUID, request: Request, user: User) -> Response:
    """A part was used; refused, what was typed stays."""
    form = await request.form()
    v: Json = {nom: str(form.get(nom, "")).strip() for nom in ("code", "produit_id", "ou")}
    v |= {"quantite": decimal(str(form.get("quantite", ""))) or "1", "est_facturable": "est_facturable" in form}
    depot_id, _, emplacement_id = v["ou"].partition("/")
    corps: Json = {"quantite": v["quantite"], "est_facturable": v["est_facturable"]}
    if v["code"]:
        corps["code"] = v["code"]
    else:
        corps |= {"produit_id": v["produit_id"] or None, "depot_id": depot_id or None}
        corps["emplacement_id"] = emplacement_id or None
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("inventory", f"/demandes/{demande_id}/consommations", corps, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, demande_id, v, refus.erreurs or {"": refus.detail})
    return fait(request, demande_id, "Pièce notée : le stock et la facturation sont à jour", fermer=True)


@router.post("/demandes/{demande_id}/pieces/{consommation_id}/annuler")
async def annuler(demande_id: UUID, consommation_id: UUID, request: Request, user: User) -> Response:
    """It was not used after all."""
    await user.services.post("inventory", f"/consommations/{consommation_id}/annuler")
    return fait(request, demande_id, "Pièce remise en place", fermer=True)


async def _formulaire(
    request: Request, user: Utilisateur, demande_id: UUID, v: Json, erreurs: dict[str, str]
) -> Response:
    demande, consommees, depots = await asyncio.gather(
        user.services.get("demandes", f"/demandes/{demande_id}"),
        user.services.panneau("inventory", f"/demandes/{demande_id}/consommations"),
        user.services.panneau("inventory", "/depots"),
    )
    lieux = [
        choix
        for d in depots or []
        if d["est_actif"]
        for choix in [
            (d["id"], d["nom"]),
            *((f"{d['id']}/{e['id']}", f"{d['nom']} · {e['libelle'] or e['code']}") for e in d["emplacements"]),
        ]
    ]
    agence = str(user.actor.agence_id or "")
    sien = next((d["id"] for d in depots or [] if d["agence_id"] == agence), None)
    contexte: Json = {
        "d": demande,
        "consommees": consommees,
        "lieux": lieux,
        "v": {"code": "", "produit_id": None, "quantite": "1", "ou": sien, "est_facturable": True, **v},
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "demandes/pieces.html", onglet="liste", fragment="formulaire", status_code=statut, **contexte
    )
