"""The week as the grid wants it: who does what in each half-day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from gateway.pages.coque.formats import date_carte
from gateway.pages.demandes.presentation import requete

Json = dict[str, Any]
Case = tuple[str, str]  # a day and its half
DIMANCHE = 6
MATIN, APRES_MIDI = "matin", "apres_midi"
MOMENTS = {(MATIN,): "Matin", (APRES_MIDI,): "Après-midi", (MATIN, APRES_MIDI): "Journée"}
TEINTES = {"installation": "turquoise", "livraison": "bleu", "sav": "rose", "visite": "violet", "autre": "ardoise"}


def adresse(jour: date | str, equipe_id: UUID | str | None = None, personne_id: UUID | str | None = None) -> str:
    """The planning of a week, of everybody, a team or a person."""
    return f"/planning?{requete({'semaine': str(jour), 'equipe_id': equipe_id, 'personne_id': personne_id})}"


def jour_d_ouverture(aujourd_hui: date) -> date:
    """Where the planning opens: on a Sunday, whose week is over, on the coming week."""
    return aujourd_hui + timedelta(days=1) if aujourd_hui.weekday() == DIMANCHE else aujourd_hui


def periode(lundi: date, dernier: date) -> str:
    """23–28 nov. 2026"""
    debut = str(lundi.day) if lundi.month == dernier.month else date_carte(lundi)
    return f"{debut}–{date_carte(dernier)} {dernier.year}"


def minutes_depuis(debut: str | None, maintenant: datetime) -> int:
    """How long the technician has been at work, to the quarter of an hour above; nothing before he left."""
    if debut is None:
        return 0
    ecoulees = int((maintenant - datetime.fromisoformat(debut)).total_seconds() // 60)
    return min(-(-max(ecoulees, 0) // 15) * 15, 12 * 60)


def personnes(planning: Json) -> list[Json]:
    """Each person with their half-days: {"id", "nom", "fonction", "cases": {(jour, demi): [...]}, "absences": {...}, "chomees"}."""
    absents: dict[str, dict[Case, str]] = defaultdict(dict)
    for absence in planning["absences"]:
        absents[absence["personne"]][absence["jour"], absence["demi"]] = absence["motif"]
    chomees: dict[str, set[Case]] = defaultdict(set)
    for chomee in planning["chomees"]:
        chomees[chomee["personne"]].add((chomee["jour"], chomee["demi"]))
    siennes: dict[str, list[Json]] = defaultdict(list)
    for intervention in planning["interventions"]:
        for personne in intervention["collaborateur_ids"]:
            siennes[personne].append(intervention)
    return [
        {**p, "cases": _rangee(siennes[p["id"]]), "absences": absents[p["id"]], "chomees": chomees[p["id"]]}
        for p in planning["personnes"]
    ]


def equipes_montrees(planning: Json, equipe_id: UUID | None) -> list[Json]:
    """The teams, or the one chosen, as rows to drop on: {"id", "nom", "effectif", "cases": {(jour, demi): [...]}}."""
    siennes: dict[str, list[Json]] = defaultdict(list)
    for intervention in planning["interventions"]:
        if intervention["equipe_id"]:
            siennes[intervention["equipe_id"]].append(intervention)
    montrees = [e for e in planning["equipes"] if equipe_id is None or e["id"] == str(equipe_id)]
    return [
        {"id": e["id"], "nom": e["nom"], "effectif": len(e["membre_ids"]), "cases": _rangee(siennes[e["id"]])}
        for e in montrees
    ]


def par_jour(jours: list[str], gens: list[Json]) -> list[Json]:
    """The same week as a phone lists it, day after day: {"jour", "rangees": who has something, "libres": the others' names}.

    Each row has "blocs" and "absences" with their "moment", in words, and its half-day "demi", the first of the two for a day.
    """
    return [_jour(jour, gens) for jour in jours]


def _jour(jour: str, gens: list[Json]) -> Json:
    rangees, libres = [], []
    for personne in gens:
        blocs = _moments({demi: personne["cases"].get((jour, demi), ()) for demi in (MATIN, APRES_MIDI)})
        motifs = {demi: personne["absences"].get((jour, demi)) for demi in (MATIN, APRES_MIDI)}
        absences = _moments({demi: [{"id": motif}] for demi, motif in motifs.items() if motif})
        if blocs or absences:
            rangees.append({"id": personne["id"], "nom": personne["nom"], "blocs": blocs, "absences": absences})
        elif any((jour, demi) not in personne["chomees"] for demi in (MATIN, APRES_MIDI)):
            libres.append(personne["nom"])
    return {"jour": jour, "rangees": rangees, "libres": libres}


def _moments(cases: Mapping[str, Iterable[Json | None]]) -> list[Json]:
    """What the halves of a day hold, each thing once."""
    tenues: dict[str, Json] = {}
    for demi, contenu in cases.items():
        for chose in filter(None, contenu):
            tenue = tenues.setdefault(chose["id"], {**chose, "demi": demi, "moities": ()})
            tenue["moities"] += (demi,)
    return [{**tenue, "moment": MOMENTS[tenue["moities"]]} for tenue in tenues.values()]


def _rangee(interventions: list[Json]) -> dict[Case, list[Json | None]]:
    """What each half-day of a row shows, top to bottom; None where nothing is.

    A block keeps its place over all its half-days, so that a job of several is one bar; where it goes on it has no `demis`.
    """
    pistes: dict[Case, dict[int, Json | None]] = defaultdict(dict)
    prises = [(i, [(c["jour"], c["demi"]) for c in i["cases"]]) for i in interventions if i["cases"]]
    for intervention, siennes in sorted(prises, key=lambda p: (p[1][0][0], p[1][0][1] != MATIN, -len(p[1]))):
        piste = next(n for n in count() if all(n not in pistes[case] for case in siennes))
        for rang, case in enumerate(siennes):
            pistes[case][piste] = _bloc(intervention, 0 if rang else len(siennes))
    remplies = {case: [tenues.get(n) for n in range(max(tenues) + 1)] for case, tenues in pistes.items() if tenues}
    return defaultdict(list, remplies)


def _bloc(i: Json, demis: int) -> Json:
    return {
        "id": i["id"],
        "titre": i["tiers_nom"],
        "href": f"/demandes/{i['demande_id']}",
        "detail": " · ".join((i["objet"], *i["conflits"])),
        "teinte": TEINTES.get(i["nature"], "ardoise"),
        "conflit": i["en_conflit"],
        "demis": demis,
    }
