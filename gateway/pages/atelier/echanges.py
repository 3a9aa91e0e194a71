"""The exchange of an object at its client's, in pages: one form, on the phone of whoever is there."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]
CHAMPS = ("code", "code_etiquette", "devenir", "depot_id", "numero_rma", "motif", "demande_id")


@router.get("/atelier/objets/{historique_id}/echange")
async def presenter(historique_id: UUID, request: Request, user: User, demande_id: str = "") -> Response:
    """What takes its place, what becomes of it."""
    return await _formulaire(request, user, historique_id, {"demande_id": demande_id}, {})


@router.post("/atelier/objets/{historique_id}/echange")
async def echanger(historique_id: UUID, request: Request, user: User) -> Response:
    """Done; refused, what was typed stays."""
    form = await request.form()
    v = {nom: str(form.get(nom, "")).strip() for nom in CHAMPS}
    corps = {**v, "depot_id": v["depot_id"] or None, "demande_id": v["demande_id"] or None}
    try:
        cle = request.headers.get("idempotency-key")
        nouveau = await user.services.post("inventory", f"/historiques/{historique_id}/echanger", corps, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, historique_id, v, refus.erreurs or {"": refus.detail})
    page = f"/demandes/{v['demande_id']}" if v["demande_id"] else f"/atelier/objets/{nouveau['id']}"
    return aller(request, page, toast="Échange enregistré, les deux vies sont liées")


async def _formulaire(
    request: Request, user: Utilisateur, historique_id: UUID, v: Json, erreurs: dict[str, str]
) -> Response:
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    depots = [d for d in await user.services.panneau("inventory", "/depots") or [] if d["est_actif"]]
    agence = str(user.actor.agence_id or "")
    sien = next((d["id"] for d in depots if d["agence_id"] == agence), "")
    contexte: Json = {
        "o": objet,
        "depots": [(d["id"], d["nom"]) for d in depots],
        "v": {**dict.fromkeys(CHAMPS, ""), "depot_id": sien, **v},
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "atelier/echange.html", onglet="objets", fragment="formulaire", status_code=statut, **contexte
    )
