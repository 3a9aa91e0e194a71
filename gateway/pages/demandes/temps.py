"""Time already recorded: whoever worked corrects it, or takes it back."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus, TempsAbsent
from gateway.pages.demandes import presentation
from gateway.pages.demandes.actions import fait
from gateway.pages.rendu import rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
Json = dict[str, Any]


@router.get("/demandes/{demande_id}/temps/{temps_id}")
async def ouvrir(demande_id: UUID, temps_id: UUID, request: Request, user: User) -> Response:
    """The form of an entry."""
    saisis = await user.services.get("demandes", f"/demandes/{demande_id}/temps")
    temps = next((t for t in saisis["elements"] if t["id"] == str(temps_id)), None)
    if temps is None:
        raise TempsAbsent
    return await _formulaire(request, user, demande_id, temps, {})


@router.post("/demandes/{demande_id}/temps/{temps_id}")
async def corriger(demande_id: UUID, temps_id: UUID, request: Request, user: User) -> Response:
    """Save the correction."""
    form = await request.form()
    heures, minutes = (presentation.entier(str(form.get(c, ""))) or 0 for c in ("heures", "minutes"))
    corps = {
        "jour": presentation.jour(str(form.get("jour") or "")),
        "minutes": heures * 60 + minutes,
        "travaux": str(form.get("travaux", "")),
    }
    version = presentation.entier(str(form.get("version", "")))
    try:
        await user.services.put("demandes", f"/temps/{temps_id}", corps, version=version)
    except Refus as refus:
        erreurs = refus.erreurs or {"": refus.detail}
        return await _formulaire(request, user, demande_id, {**corps, "id": temps_id, "version": version}, erreurs)
    return fait(request, demande_id, "Temps corrigé", fermer=True)


@router.post("/demandes/{demande_id}/temps/{temps_id}/retirer")
async def retirer(demande_id: UUID, temps_id: UUID, request: Request, user: User) -> Response:
    """Take it back."""
    await user.services.delete("demandes", f"/temps/{temps_id}")
    return fait(request, demande_id, "Temps retiré", fermer=True)


async def _formulaire(
    request: Request, user: Utilisateur, demande_id: UUID, temps: Json, erreurs: dict[str, str]
) -> Response:
    demande = await user.services.get("demandes", f"/demandes/{demande_id}")
    contexte: Json = {"d": demande, "t": temps, "erreurs": erreurs}
    statut = 422 if erreurs else 200
    return rendre(
        request, "demandes/temps_corriger.html", onglet="liste", fragment="formulaire", status_code=statut, **contexte
    )
