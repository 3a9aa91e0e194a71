"""The planning in pages."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.demandes.actions import remplacer
from gateway.pages.demandes.presentation import duree, entier, jour, requete
from gateway.pages.planning import absences, agenda, charge, pose
from gateway.pages.planning.grille import (
    TEINTES,
    adresse,
    equipes_montrees,
    jour_d_ouverture,
    minutes_depuis,
    par_jour,
    periode,
    personnes,
)
from gateway.pages.planning.vocabulaire import DEMIS, ETATS, NATURE_DU_TYPE, NATURES
from gateway.pages.rendu import aujourd_hui, conclure, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
FIN = ("compte_rendu", "heures", "minutes", "signe_par", "trace")
SIGNATURE_INCOMPLETE = "Indiquez qui signe et faites signer dans le cadre, ou laissez les deux vides."
for partie in (absences, agenda, charge, pose):
    router.include_router(partie.router)


@router.get("/planning")
async def equipes(
    request: Request,
    user: User,
    semaine: str | None = None,
    equipe_id: Designe = None,
    personne_id: Designe = None,
) -> Response:
    """A week: people by half-days."""
    choix = {"equipe_id": equipe_id, "personne_id": personne_id}
    lu = await user.services.get(
        "demandes", "/planning", {"jour": jour(semaine) or jour_d_ouverture(aujourd_hui(request)), **choix}
    )
    lundi = date.fromisoformat(lu["jours"][0])
    gens = personnes(lu)
    montres = {p["id"] for p in gens}
    contexte: dict[str, Any] = {
        "p": lu,
        "lundi": lundi,
        "periode": periode(lundi, date.fromisoformat(lu["jours"][-1])),
        "numero": lundi.isocalendar().week,
        "personnes": gens,
        "par_jour": par_jour(lu["jours"], gens),
        "nombre": sum(not montres.isdisjoint(i["collaborateur_ids"]) for i in lu["interventions"]),
        "equipes": [] if personne_id else equipes_montrees(lu, equipe_id),
        "feries": {f["jour"]: f["nom"] for f in lu["feries"]},
        "equipe_id": equipe_id,
        "personne": gens[0]["nom"] if personne_id and gens else None,
        "avant": adresse(lundi - timedelta(days=7), **choix),
        "apres": adresse(lundi + timedelta(days=7), **choix),
        "ce_jour": adresse(aujourd_hui(request), **choix),
        "url": adresse(lundi),
        "duree": duree,
    }
    return rendre(request, "planning/equipes.html", onglet="equipes", **contexte)


@router.get("/planning/nouvelle")
async def nouvelle(request: Request, user: User, demande_id: Designe = None) -> Response:
    """The form that plans a demande."""
    return await _formulaire(
        request, user, {"demande_id": demande_id, "jour": jour_d_ouverture(aujourd_hui(request))}, {}
    )


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
    cle = request.headers.get("idempotency-key")
    try:
        posee = await user.services.post("demandes", "/interventions", corps, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, valeurs, refus.erreurs or {"": refus.detail})
    toast = " · ".join(("Intervention planifiée", *await pose.conflits(user, posee["id"], str(corps["jour"]))))
    return conclure(request, "/planning", toast, fermer=True)


async def _formulaire(
    request: Request, user: Utilisateur, valeurs: dict[str, Any], erreurs: dict[str, str]
) -> Response:
    planning = await user.services.get("demandes", "/planning")
    demande_id = valeurs.get("demande_id")
    demande = await user.services.get("demandes", f"/demandes/{demande_id}") if demande_id else None
    if demande and "nature" not in valeurs:
        valeurs["nature"] = NATURE_DU_TYPE.get(demande["type_nature"], "autre")
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


@router.get("/planning/interventions/{intervention_id}")
async def intervention(intervention_id: UUID, request: Request, user: User) -> Response:
    """One intervention: when, who, what was said and done."""
    lue = await user.services.get("demandes", f"/interventions/{intervention_id}")
    contexte: dict[str, Any] = {"i": lue, "etats": ETATS, "natures": dict(NATURES), "teintes": TEINTES}
    return rendre(request, "planning/intervention.html", onglet="interventions", **contexte)


@router.post("/planning/interventions/{intervention_id}/demarrer")
async def demarrer(intervention_id: UUID, request: Request, user: User) -> Response:
    """The technician leaves."""
    cle = request.headers.get("idempotency-key")
    await user.services.post("demandes", f"/interventions/{intervention_id}/demarrer", cle=cle)
    return _fait(request, "Bonne route")


@router.get("/planning/interventions/{intervention_id}/terminer")
async def fin(intervention_id: UUID, request: Request, user: User) -> Response:
    """The form filled on site: what was done, how long, what must be replaced, who signs."""
    lue = await user.services.get("demandes", f"/interventions/{intervention_id}")
    minutes = minutes_depuis(lue["demarre_le"], request.app.state.database.clock.now())
    return await _a_terminer(request, user, lue, {"heures": minutes // 60, "minutes": minutes % 60})


async def _a_terminer(
    request: Request, user: User, lue: dict[str, Any], v: dict[str, Any], erreur: str = ""
) -> Response:
    demande = await user.services.get("demandes", f"/demandes/{lue['demande_id']}")
    contexte: dict[str, Any] = {
        "i": lue,
        "d": demande,
        "v": {**dict.fromkeys(FIN, ""), "a_remplacer": False, **v},
        "erreur": erreur,
    }
    statut = 422 if erreur else 200
    gabarit = "planning/terminer.html"
    return rendre(request, gabarit, onglet="interventions", fragment="formulaire", status_code=statut, **contexte)


@router.post("/planning/interventions/{intervention_id}/terminer")
async def terminer(intervention_id: UUID, request: Request, user: User) -> Response:
    """The work on site is over: time, what must be replaced, then the end, each done once."""
    form = await request.form()
    v = {nom: str(form.get(nom, "")).strip() for nom in FIN}
    texte, compte_rendu = "Intervention terminée", v["compte_rendu"]
    cle = request.headers.get("idempotency-key")
    lue = await user.services.get("demandes", f"/interventions/{intervention_id}")
    if bool(v["signe_par"]) != bool(v["trace"]):  # said before the time is entered
        return await _a_terminer(request, user, lue, {**v, "a_remplacer": "a_remplacer" in form}, SIGNATURE_INCOMPLETE)
    minutes = (entier(v["heures"]) or 0) * 60 + (entier(v["minutes"]) or 0)
    if minutes:
        temps = {"jour": aujourd_hui(request), "minutes": minutes, "travaux": compte_rendu or "Intervention sur place"}
        chemin = f"/demandes/{lue['demande_id']}/temps"
        await user.services.post("demandes", chemin, temps, cle=f"{cle}-temps" if cle else None)
    if "a_remplacer" in form:
        texte += await remplacer(user, request, UUID(lue["demande_id"]), compte_rendu)
    chemin = f"/interventions/{intervention_id}/terminer"
    corps = {"compte_rendu": compte_rendu, "signe_par": v["signe_par"], "trace": v["trace"]}
    await user.services.post("demandes", chemin, corps, cle=cle)
    return _fait(request, texte, fermer=True)


def _fait(request: Request, texte: str, *, fermer: bool = False) -> Response:
    return conclure(request, "/planning/interventions", texte, fermer=fermer)


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
