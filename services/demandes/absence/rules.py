"""Rules of absences and public holidays: which half-days nobody should be planned on. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import holidays

from services.demandes.errors import AbsenceInvalide

PLUS_LONGUE = timedelta(days=366)


class Demi(StrEnum):
    """Half a day, or the whole day."""

    MATIN = "matin"
    APRES_MIDI = "apres_midi"
    JOURNEE = "journee"


class MotifAbsence(StrEnum):
    """Why somebody is not there."""

    CONGES = "conges"
    MALADIE = "maladie"
    FORMATION = "formation"
    AUTRE = "autre"


LIBELLES = {
    MotifAbsence.CONGES: "Congés",
    MotifAbsence.MALADIE: "Maladie",
    MotifAbsence.FORMATION: "Formation",
    MotifAbsence.AUTRE: "Absence",
}


ABSENT = "Absent"


def libelle(motif: MotifAbsence, *, est_visible: bool) -> str:
    """What is read of an absence: its reason by who may know it, the absence by the others (health is a private matter)."""
    return LIBELLES[motif] if est_visible else ABSENT


def verifier(du: date, au: date, demi: Demi) -> None:
    """Refuse an end before the start, more than a year, or half a day spread over several."""
    if not timedelta(0) <= au - du <= PLUS_LONGUE or (demi is not Demi.JOURNEE and du != au):
        raise AbsenceInvalide


def cases(du: date, au: date, demi: Demi, jours: Iterable[date]) -> list[tuple[date, Demi]]:
    """The half-days of `jours` that an absence takes."""
    demis = (Demi.MATIN, Demi.APRES_MIDI) if demi is Demi.JOURNEE else (demi,)
    return [(jour, d) for jour in jours if du <= jour <= au for d in demis]


def feries(jours: Iterable[date]) -> dict[date, str]:
    """The public holidays of metropolitan France among `jours`, by name."""
    voulus = list(jours)
    connus = holidays.country_holidays("FR", years={j.year for j in voulus}, language="fr")
    return {jour: str(connus[jour]).replace("'", "’") for jour in voulus if jour in connus}
