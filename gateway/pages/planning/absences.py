"""Who will not be there: the list, and the form that says so."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.demandes.presentation import jour
from gateway.pages.rendu import aller, aujourd_hui, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
MOTIFS = (("conges", "Congés"), ("maladie", "Maladie"), ("formation", "Formation"), ("autre", "Autre"))
DEMIS = (("journee", "Journée"), ("matin", "Matin"), ("apres_midi", "Après-midi"))


@router.get("/planning/absences")
async def absences(request: Request, user: User) -> Response:
    """Present and coming absences."""
    lues = await user.services.get("demandes", "/absences")
    return rendre(request, "planning/absences.html", onglet="absences", absences=lues, demis=dict(DEMIS))


@router.get("/planning/absences/nouvelle")
async def nouvelle(request: Request, user: User) -> Response:
    """The form of an absence."""
    demain = aujourd_hui(request).isoformat()
    return await _formulaire(request, user, {"du": demain, "au": demain, "demi": "journee", "motif": "conges"}, {})


@router.post("/planning/absences/nouvelle")
async def noter(request: Request, user: User) -> Response:
    """Somebody will not be there; what was planned then shows in conflict."""
    form = await request.form()
    valeurs = {c: str(form.get(c, "")) for c in ("collaborateur_id", "du", "au", "demi", "motif")}
    corps = {**valeurs, "du": jour(valeurs["du"]), "au": jour(valeurs["au"]) or jour(valeurs["du"])}
    try:
        await user.services.post("demandes", "/absences", corps, cle=request.headers.get("idempotency-key"))
    except Refus as refus:
        return await _formulaire(request, user, valeurs, refus.erreurs or {"": refus.detail})
    return aller(request, "/planning/absences", toast="Absence notée")


@router.post("/planning/absences/{absence_id}/retirer")
async def retirer(absence_id: UUID, request: Request, user: User) -> Response:
    """He will be there after all."""
    await user.services.delete("demandes", f"/absences/{absence_id}")
    return aller(request, "/planning/absences", toast="Absence retirée")


async def _formulaire(
    request: Request, user: Utilisateur, valeurs: dict[str, Any], erreurs: dict[str, str]
) -> Response:
    personnes = await user.services.get("demandes", "/responsables")
    contexte: dict[str, Any] = {
        "v": valeurs,
        "erreurs": erreurs,
        "personnes": [(p["collaborateur_id"], p["nom"]) for p in personnes],
        "motifs": MOTIFS,
        "demis": DEMIS,
    }
    gabarit = "planning/_absence.html" if erreurs and est_htmx(request) else "planning/absence.html"
    return rendre(request, gabarit, onglet="absences", status_code=422 if erreurs else 200, **contexte)
