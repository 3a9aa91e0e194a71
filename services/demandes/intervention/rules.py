"""Rules of the planning: half-days, durations, conflicts. Pure; hours are those of Paris."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from services.demandes.absence.rules import Demi, DemiJour, feries, travaille
from services.demandes.errors import HorairesInvalides, InterventionClose, InterventionDeplacee
from shared.kernel.clock import PARIS

PLUS_LONGUE = timedelta(days=31)
DIMANCHE = 6


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
DEMIS = (Demi.MATIN, Demi.APRES_MIDI)


def passer(actuel: EtatIntervention, vise: EtatIntervention) -> EtatIntervention:
    """`vise`, or a refusal when the intervention is no longer open to it."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise InterventionClose(etat=LIBELLES[actuel])
    return vise


def horaires(jour: date, demi: Demi) -> tuple[datetime, datetime]:
    """Start and end of half a day in Paris."""
    debut, fin = HEURES[demi]
    return datetime.combine(jour, debut, PARIS), datetime.combine(jour, fin, PARIS)


def prevus(jour: date, demi: Demi, minutes: int, travaillees: Collection[str]) -> tuple[datetime, datetime]:
    """Start and end of work of `minutes` begun in a half-day, then on those `travaillees`, public holidays left out."""
    premiere = (jour, Demi.APRES_MIDI if demi is Demi.APRES_MIDI else Demi.MATIN)
    debut = fin = datetime.combine(jour, HEURES[demi][0], PARIS)
    reste = timedelta(minutes=minutes)
    while reste and jour - debut.date() <= PLUS_LONGUE:
        ouvertes = [(jour, plage) for plage in DEMIS if travaille(travaillees, (jour, plage)) and not feries([jour])]
        if jour == premiere[0]:
            ouvertes = [premiere, *(case for case in ouvertes if case[1] is Demi.APRES_MIDI and case != premiere)]
        for case in ouvertes:
            ouvre, ferme = horaires(*case)
            pris = min(reste, ferme - ouvre)
            fin, reste = (ouvre + pris, reste - pris) if pris else (fin, reste)
        jour += timedelta(days=1)
    return debut, fin + reste


def decaler(debut: datetime, fin: datetime, de: DemiJour, vers: DemiJour) -> tuple[datetime, datetime]:
    """Start and end of what is dragged from a half-day to another: as long as before, at the same hours of the day.

    What holds in half a day follows the half-day; what is longer moves by whole days.
    """
    touchees = cases(debut, fin)
    if de not in touchees:
        raise InterventionDeplacee
    decalage = vers[0] - de[0]
    depart, arrivee = debut.astimezone(PARIS) + decalage, fin.astimezone(PARIS) + decalage
    if len(touchees) > 1 or de[1] is vers[1]:
        return depart, arrivee
    ecart = datetime.combine(vers[0], HEURES[vers[1]][0]) - datetime.combine(vers[0], HEURES[de[1]][0])
    if cases(depart + ecart, arrivee + ecart) == [vers]:
        return depart + ecart, arrivee + ecart
    matinal = datetime.combine(vers[0], HEURES[vers[1]][0], PARIS)  # late in the evening has no counterpart
    return matinal, matinal + (arrivee - depart)


def remplacer(personnes: Sequence[UUID], de: UUID, par: UUID) -> list[UUID]:
    """`par` in the place of `de`; nobody leaves when `par` is already there."""
    if de not in personnes:
        raise InterventionDeplacee
    return list(personnes) if par in personnes else [par if p == de else p for p in personnes]


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
    """Monday to Sunday of the week of `jour`."""
    lundi = jour - timedelta(days=jour.weekday())
    return tuple(lundi + timedelta(days=n) for n in range(7))


def dimanches(debut: datetime, fin: datetime) -> set[date]:
    """The Sundays an intervention begins or ends on; one it only lasts over is a rest day."""
    touchees = cases(debut, fin)
    return {jour for jour, _ in (touchees[0], touchees[-1]) if jour.weekday() == DIMANCHE}
