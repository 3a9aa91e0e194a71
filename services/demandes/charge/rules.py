"""Capacity and load in half-days, week by week. Pure; hours are those of Paris."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from services.demandes.absence.rules import Demi, DemiJour, prises, travaille
from services.demandes.intervention.rules import DEMIS, MIDI, cases
from shared.kernel.clock import PARIS

SEMAINE = timedelta(days=7)
DEMI_JOURNEE = timedelta(hours=4)


def lundis(jour: date, nombre: int) -> list[date]:
    """The Mondays of `nombre` weeks, from that of `jour`."""
    premier = jour - timedelta(days=jour.weekday())
    return [premier + SEMAINE * rang for rang in range(nombre)]


def capacite(semaines: Sequence[date], travaillees: Collection[str], perdues: Collection[DemiJour]) -> list[float]:
    """Half-days somebody works in each week, without those lost to absences and public holidays."""
    return [
        float(sum(travaille(travaillees, case) and case not in perdues for case in _cases_de(lundi)))
        for lundi in semaines
    ]


def charge(
    semaines: Sequence[date], travaillees: Collection[str], planifies: Iterable[tuple[datetime, datetime]]
) -> list[float]:
    """Half-days planned for somebody in each week: a visit of an hour is a quarter of one, a double booking is two."""
    total = [timedelta(0)] * len(semaines)
    for debut, fin in planifies:
        for case in prises(cases(debut, fin), travaillees):
            rang = (case[0] - semaines[0]).days // 7
            if 0 <= rang < len(semaines):
                total[rang] += min(_duree(debut, fin, case), DEMI_JOURNEE)
    return [demi_journees(duree) for duree in total]


def demi_journees(duree: timedelta) -> float:
    """A duration in half-days of four hours."""
    return round(duree / DEMI_JOURNEE, 2)


def _cases_de(lundi: date) -> list[DemiJour]:
    return [(lundi + timedelta(days=n), demi) for n in range(7) for demi in DEMIS]


def _duree(debut: datetime, fin: datetime, case: DemiJour) -> timedelta:
    """How long it lasts within that half-day: before 13:00, or after."""
    jour, demi = case
    midi = datetime.combine(jour, MIDI, PARIS)
    if demi is Demi.MATIN:
        return min(fin, midi) - max(debut, datetime.combine(jour, time(0), PARIS))
    return min(fin, datetime.combine(jour + timedelta(days=1), time(0), PARIS)) - max(debut, midi)
