"""The planning in pages."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel

from gateway.errors import Refus
from gateway.pages.demandes.presentation import duree, entier, jour, requete
from gateway.pages.planning.grille import TEINTES, periode, personnes
from gateway.pages.rendu import aller, aujourd_hui, est_htmx, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
NATURES = (
    ("installation", "Installation"),
    ("livraison", "Livraison"),
    ("sav", "SAV"),
    ("visite", "Visite de maintenance"),
    ("autre", "Autre"),
)
DEMIS = (("matin", "Matin"), ("apres_midi", "Après-midi"), ("journee", "Journée"))
ETATS = {
    "planifiee": ("Planifiée", "accent"),
    "demarree": ("En cours", "alerte"),
    "terminee": ("Terminée", "succes"),
    "annulee": ("Annulée", "neutre"),
}
NATURE_DU_TYPE = {"sav": "sav", "maintenance": "visite", "commercial": "installation"}


class Pose(BaseModel):
    """A block dropped on the grid: an intervention, or a demande that waits ("d-<id>"); nulls take it away."""

    intervention: str
    personne: UUID | None = None
    jour: date | None = None
    demi: str | None = None


@router.get("/planning")
async def equipes(request: Request, user: User, semaine: str | None = None, equipe_id: UUID | None = None) -> Response:
    """A week: people by half-days."""
    params = {"jour": jour(semaine), "equipe_id": equipe_id}
    lu = await user.services.get("demandes", "/planning", params)
    lundi = date.fromisoformat(lu["jours"][0])
    contexte: dict[str, Any] = {
        "p": lu,
        "lundi": lundi,
        "periode": periode(lundi),
        "numero": lundi.isocalendar().week,
        "personnes": personnes(lu),
        "equipe_id": equipe_id,
        "avant": _url(lundi - timedelta(days=7), equipe_id),
        "apres": _url(lundi + timedelta(days=7), equipe_id),
        "ce_jour": _url(aujourd_hui(request), equipe_id),
        "url": _url(lundi, None),
        "duree": duree,
    }
    return rendre(request, "planning/equipes.html", onglet="equipes", **contexte)


def _url(semaine: date, equipe_id: UUID | None) -> str:
    return f"/planning?{requete({'semaine': semaine.isoformat(), 'equipe_id': equipe_id})}"


@router.post("/planning/poser")
async def poser(request: Request, user: User, pose: Annotated[Pose, Body()]) -> Response:
    """Plan, move or take away what was dropped."""
    cle = request.headers.get("idempotency-key")
    if pose.intervention.startswith("d-"):
        await _planifier_demande(user, pose, cle)
    elif pose.personne is None or pose.jour is None:
        chemin = f"/interventions/{pose.intervention}/annuler"
        await user.services.post("demandes", chemin, {"motif": "Retirée du planning"}, cle=cle)
    else:
        await _deplacer(user, pose)
    return Response(status_code=204)


async def _planifier_demande(user: Utilisateur, pose: Pose, cle: str | None) -> None:
    if pose.personne is None or pose.jour is None:
        return
    demande_id = pose.intervention.removeprefix("d-")
    carte = await user.services.get("demandes", f"/demandes/{demande_id}/carte")
    corps = {
        "demande_id": demande_id,
        "jour": pose.jour,
        "demi": pose.demi,
        "collaborateur_ids": [pose.personne],
        "nature": NATURE_DU_TYPE.get(carte["type_code"], "autre"),
    }
    await user.services.post("demandes", "/interventions", corps, cle=cle)


async def _deplacer(user: Utilisateur, pose: Pose) -> None:
    """Another half-day, another person; the colleagues planned with them stay."""
    lue = await user.services.get("demandes", f"/interventions/{pose.intervention}")
    gardes = [c for c in lue["collaborateur_ids"] if c != str(pose.personne)]
    seul = len(lue["collaborateur_ids"]) == 1
    corps = {
        "jour": pose.jour,
        "demi": pose.demi,
        "collaborateur_ids": [pose.personne] if seul else [pose.personne, *gardes][: len(lue["collaborateur_ids"])],
        "equipe_id": lue["equipe_id"],
        "nature": lue["nature"],
        "consignes": lue["consignes"],
    }
    await user.services.put("demandes", f"/interventions/{pose.intervention}", corps, version=lue["version"])


@router.get("/planning/nouvelle")
async def nouvelle(request: Request, user: User, demande_id: UUID | None = None) -> Response:
    """The form that plans a demande."""
    return await _formulaire(request, user, {"demande_id": demande_id, "jour": aujourd_hui(request)}, {})


@router.post("/planning/nouvelle")
async def planifier(request: Request, user: User) -> Response:
    """Give a demande a date and people."""
    form = await request.form()
    valeurs: dict[str, Any] = {c: str(v) for c, v in form.items() if isinstance(v, str)}
    valeurs["collaborateur_ids"] = [str(v) for v in form.getlist("collaborateur_ids")]
    corps = {
        "demande_id": valeurs.get("demande_id") or None,
        "jour": jour(valeurs.get("jour")),
        "demi": valeurs.get("demi") or "journee",
        "collaborateur_ids": valeurs["collaborateur_ids"],
        "equipe_id": valeurs.get("equipe_id") or None,
        "nature": valeurs.get("nature") or "installation",
        "consignes": valeurs.get("consignes", ""),
    }
    try:
        await user.services.post("demandes", "/interventions", corps, cle=request.headers.get("idempotency-key"))
    except Refus as refus:
        return await _formulaire(request, user, valeurs, refus.erreurs or {"": refus.detail})
    if est_htmx(request):
        return rafraichir(toast="Intervention planifiée", fermer=True)
    return aller(request, "/planning", toast="Intervention planifiée")


async def _formulaire(
    request: Request, user: Utilisateur, valeurs: dict[str, Any], erreurs: dict[str, str]
) -> Response:
    planning = await user.services.get("demandes", "/planning")
    demande_id = valeurs.get("demande_id")
    demande = await user.services.get("demandes", f"/demandes/{demande_id}") if demande_id else None
    if demande and "nature" not in valeurs:
        valeurs["nature"] = NATURE_DU_TYPE.get(demande["type_code"], "autre")
    contexte: dict[str, Any] = {
        "v": valeurs,
        "d": demande,
        "erreurs": erreurs,
        "attentes": [(a["demande_id"], f"{a['numero']} · {a['tiers_nom']}") for a in planning["a_planifier"]],
        "equipes": [(e["id"], e["nom"]) for e in planning["equipes"]],
        "personnes": planning["personnes"],
        "natures": NATURES,
        "demis": DEMIS,
    }
    gabarit = "planning/_nouvelle.html" if erreurs and est_htmx(request) else "planning/nouvelle.html"
    return rendre(request, gabarit, onglet="equipes", status_code=422 if erreurs else 200, **contexte)


@router.get("/planning/interventions")
async def interventions(request: Request, user: User) -> Response:
    """Every intervention, latest first."""
    params = {c: request.query_params.get(c) for c in ("du", "au", "collaborateur_id", "curseur")}
    page = await user.services.get("demandes", "/interventions", params)
    suite = params.pop("curseur") is not None
    contexte: dict[str, Any] = {
        "page": page,
        "etats": ETATS,
        "natures": dict(NATURES),
        "teintes": TEINTES,
        "suivante": f"/planning/interventions?{requete(params, curseur=page['curseur_suivant'])}",
    }
    fragment = "rangees" if suite else None
    return rendre(request, "planning/interventions.html", onglet="interventions", fragment=fragment, **contexte)


@router.post("/planning/interventions/{intervention_id}/{verbe}")
async def agir(intervention_id: UUID, verbe: str, request: Request, user: User) -> Response:
    """The technician leaves, or ends."""
    corps: dict[str, Any] | None = None
    if verbe == "terminer":
        corps = {"compte_rendu": str((await request.form()).get("compte_rendu", ""))}
    else:
        verbe = "demarrer"
    cle = request.headers.get("idempotency-key")
    await user.services.post("demandes", f"/interventions/{intervention_id}/{verbe}", corps, cle=cle)
    texte = "Bonne route" if verbe == "demarrer" else "Intervention terminée"
    return rafraichir(toast=texte) if est_htmx(request) else aller(request, "/planning/interventions", toast=texte)


@router.get("/planning/temps")
async def temps(request: Request, user: User) -> Response:
    """All time spent, latest first."""
    params = {c: request.query_params.get(c) for c in ("du", "au", "collaborateur_id", "curseur")}
    page = await user.services.get("demandes", "/temps", params)
    suite = params.pop("curseur") is not None
    contexte: dict[str, Any] = {
        "page": page,
        "duree": duree,
        "total": sum(entier(str(t["minutes"])) or 0 for t in page["elements"]),
        "suivante": f"/planning/temps?{requete(params, curseur=page['curseur_suivant'])}",
    }
    return rendre(request, "planning/temps.html", onglet="temps", fragment="rangees" if suite else None, **contexte)
