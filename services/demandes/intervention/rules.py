"""Rules of the planning: half-days, durations, conflicts. Pure; hours are those of Paris."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from services.demandes.absence.rules import Demi
from services.demandes.errors import HorairesInvalides, InterventionClose
from shared.kernel.clock import PARIS

PLUS_LONGUE = timedelta(days=31)


class EtatIntervention(StrEnum):
    """Where an intervention is."""

    PLANIFIEE = "planifiee"
    DEMARREE = "demarree"
    TERMINEE = "terminee"
    ANNULEE = "annulee"


LIBELLES = {
    EtatIntervention.PLANIFIEE: "planifiée",
    EtatIntervention.DEMARREE: "commencée",
    EtatIntervention.TERMINEE: "terminée",
    EtatIntervention.ANNULEE: "annulée",
}
TRANSITIONS = {
    EtatIntervention.PLANIFIEE: {EtatIntervention.DEMARREE, EtatIntervention.TERMINEE, EtatIntervention.ANNULEE},
    EtatIntervention.DEMARREE: {EtatIntervention.TERMINEE, EtatIntervention.ANNULEE},
}
HEURES = {
    Demi.MATIN: (time(8), time(12)),
    Demi.APRES_MIDI: (time(13, 30), time(17, 30)),
    Demi.JOURNEE: (time(8), time(17, 30)),
}
MIDI = time(13)


def passer(actuel: EtatIntervention, vise: EtatIntervention) -> EtatIntervention:
    """`vise`, or a refusal when the intervention is no longer open to it."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise InterventionClose(etat=LIBELLES[actuel])
    return vise


def horaires(jour: date, demi: Demi) -> tuple[datetime, datetime]:
    """Start and end of half a day in Paris."""
    debut, fin = HEURES[demi]
    return datetime.combine(jour, debut, PARIS), datetime.combine(jour, fin, PARIS)


def verifier_horaires(debut: datetime, fin: datetime) -> None:
    """Refuse an end before the start, or an intervention longer than a month."""
    if not timedelta(0) < fin - debut <= PLUS_LONGUE:
        raise HorairesInvalides


def cases(debut: datetime, fin: datetime) -> list[tuple[date, Demi]]:
    """The half-days an intervention touches, in order."""
    depart, arrivee = debut.astimezone(PARIS), fin.astimezone(PARIS)
    jour, touchees = depart.date(), []
    while jour <= arrivee.date():
        midi, minuit = datetime.combine(jour, MIDI, PARIS), datetime.combine(jour, time(0), PARIS)
        demain = datetime.combine(jour + timedelta(days=1), time(0), PARIS)
        if depart < midi and arrivee > minuit:
            touchees.append((jour, Demi.MATIN))
        if depart < demain and arrivee > midi:
            touchees.append((jour, Demi.APRES_MIDI))
        jour += timedelta(days=1)
    return touchees


@dataclass(frozen=True, slots=True)
class Creneau:
    """Somebody taken from `debut` to `fin`."""

    intervention_id: UUID
    personnes: frozenset[UUID]
    debut: datetime
    fin: datetime


def conflits(creneaux: Iterable[Creneau]) -> set[UUID]:
    """Interventions that take the same person at the same time."""
    tries = sorted(creneaux, key=lambda c: c.debut)
    trouves: set[UUID] = set()
    for rang, un in enumerate(tries):
        for autre in tries[rang + 1 :]:
            if autre.debut >= un.fin:
                break
            if un.personnes & autre.personnes:
                trouves |= {un.intervention_id, autre.intervention_id}
    return trouves


def semaine(jour: date) -> tuple[date, ...]:
    """Monday to Saturday of the week of `jour`."""
    lundi = jour - timedelta(days=jour.weekday())
    return tuple(lundi + timedelta(days=n) for n in range(6))
