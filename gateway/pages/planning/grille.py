"""The week as the grid wants it: who does what in each half-day."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from gateway.pages.coque.formats import date_carte

Json = dict[str, Any]
TEINTES = {"installation": "turquoise", "livraison": "bleu", "sav": "rose", "visite": "violet", "autre": "ardoise"}


def periode(lundi: date) -> str:
    """23–28 nov. 2026"""
    samedi = lundi + timedelta(days=5)
    debut = str(lundi.day) if lundi.month == samedi.month else date_carte(lundi)
    return f"{debut}–{date_carte(samedi)} {samedi.year}"


def minutes_depuis(debut: str | None, maintenant: datetime) -> int:
    """How long the technician has been at work, to the quarter of an hour above; nothing before he left."""
    if debut is None:
        return 0
    ecoulees = int((maintenant - datetime.fromisoformat(debut)).total_seconds() // 60)
    return min(-(-max(ecoulees, 0) // 15) * 15, 12 * 60)


def personnes(planning: Json) -> list[Json]:
    """Each person with their half-days: {"id", "nom", "fonction", "cases": {(jour, demi): [...]}, "absences": {...}}."""
    absents: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for absence in planning["absences"]:
        absents[absence["personne"]][absence["jour"], absence["demi"]] = absence["motif"]
    cases: dict[str, dict[tuple[str, str], list[Json]]] = defaultdict(lambda: defaultdict(list))
    for intervention in planning["interventions"]:
        for case in intervention["cases"]:
            for personne in intervention["collaborateur_ids"]:
                cases[personne][case["jour"], case["demi"]].append(_bloc(intervention))
    return [{**p, "cases": cases[p["id"]], "absences": absents[p["id"]]} for p in planning["personnes"]]


def _bloc(i: Json) -> Json:
    return {
        "id": i["id"],
        "titre": i["tiers_nom"],
        "href": f"/demandes/{i['demande_id']}",
        "detail": " · ".join((i["objet"], *i["conflits"])),
        "teinte": TEINTES.get(i["nature"], "ardoise"),
        "conflit": i["en_conflit"],
    }
