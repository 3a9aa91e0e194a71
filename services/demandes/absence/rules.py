"""Rules of absences, working weeks and public holidays: which half-days nobody should be planned on. Pure."""

from collections.abc import Collection, Iterable, Sequence
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


DemiJour = tuple[date, Demi]


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
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
DITS = {Demi.MATIN: "matin", Demi.APRES_MIDI: "après-midi"}


def libelle(motif: MotifAbsence, *, est_visible: bool) -> str:
    """What is read of an absence: its reason by who may know it, the absence by the others (health is a private matter)."""
    return LIBELLES[motif] if est_visible else ABSENT


def verifier(du: date, au: date, demi: Demi) -> None:
    """Refuse an end before the start, more than a year, or half a day spread over several."""
    if not timedelta(0) <= au - du <= PLUS_LONGUE or (demi is not Demi.JOURNEE and du != au):
        raise AbsenceInvalide


def cases(du: date, au: date, demi: Demi, jours: Iterable[date]) -> list[DemiJour]:
    """The half-days of `jours` that an absence takes."""
    demis = (Demi.MATIN, Demi.APRES_MIDI) if demi is Demi.JOURNEE else (demi,)
    return [(jour, d) for jour in jours if du <= jour <= au for d in demis]


def travaille(demi_journees: Collection[str], case: DemiJour) -> bool:
    """Whether a working week (half-days named as contacts names them: "lundi_matin") holds that half-day."""
    jour, demi = case
    return f"{JOURS[jour.weekday()]}_{demi}" in demi_journees


def prises(touchees: Sequence[DemiJour], demi_journees: Collection[str]) -> list[DemiJour]:
    """The half-days an intervention takes from somebody: those worked, and its first and last in any case.

    What it only lasts over (the week-end of a fortnight on site, a Wednesday off) is rest.
    """
    bornes = {touchees[0], touchees[-1]}
    return [case for case in touchees if case in bornes or travaille(demi_journees, case)]


def repos(chomees: Sequence[DemiJour]) -> str:
    """Half-days not worked, in words: "le samedi", "le mercredi après-midi, le vendredi"."""
    par_jour: dict[int, list[Demi]] = {}
    for jour, demi in chomees:
        demis = par_jour.setdefault(jour.weekday(), [])
        demis += [] if demi in demis else [demi]
    return ", ".join(
        f"le {JOURS[jour]}" if len(demis) == len(DITS) else f"le {JOURS[jour]} {DITS[demis[0]]}"
        for jour, demis in par_jour.items()
    )


def feries(jours: Iterable[date]) -> dict[date, str]:
    """The public holidays of metropolitan France among `jours`, by name."""
    voulus = list(jours)
    connus = holidays.country_holidays("FR", years={j.year for j in voulus}, language="fr")
    return {jour: str(connus[jour]).replace("'", "’") for jour in voulus if jour in connus}
