"""When preventive visits fall, and the life of one. Pure date arithmetic, property-tested.

Source: seed §6, « la fréquence souhaitée pour chaque contrat ».
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Literal

from services.maintenance.errors import VisiteTransitionImpossible

MOIS_PAR_AN = 12


class EtatVisite(StrEnum):
    """Scheduled, announced as due, with a date, done on site with readings awaited, recorded, cancelled."""

    PROGRAMMEE = "programmee"
    DUE = "due"
    PLANIFIEE = "planifiee"
    EFFECTUEE = "effectuee"
    REALISEE = "realisee"
    ANNULEE = "annulee"


# The kinds of remark somebody must act on; "info" is only told.
SIGNALES: dict[str, Literal["sav", "commercial"]] = {"sav": "sav", "commercial": "commercial"}
TRANSITIONS: dict[EtatVisite, frozenset[EtatVisite]] = {
    EtatVisite.PROGRAMMEE: frozenset({EtatVisite.DUE, EtatVisite.ANNULEE}),
    EtatVisite.DUE: frozenset({EtatVisite.PLANIFIEE, EtatVisite.EFFECTUEE, EtatVisite.REALISEE, EtatVisite.ANNULEE}),
    EtatVisite.PLANIFIEE: frozenset(
        {EtatVisite.PLANIFIEE, EtatVisite.DUE, EtatVisite.EFFECTUEE, EtatVisite.REALISEE, EtatVisite.ANNULEE}
    ),
    EtatVisite.EFFECTUEE: frozenset({EtatVisite.REALISEE}),
}
LIBELLES = {
    EtatVisite.PROGRAMMEE: "programmée, pas encore à prévoir",
    EtatVisite.DUE: "à prévoir",
    EtatVisite.PLANIFIEE: "planifiée",
    EtatVisite.EFFECTUEE: "effectuée, relevés attendus",
    EtatVisite.REALISEE: "déjà réalisée",
    EtatVisite.ANNULEE: "annulée",
}


def passer(actuel: EtatVisite, vise: EtatVisite) -> EtatVisite:
    """The state wanted, if it may follow; raises otherwise."""
    if vise not in TRANSITIONS.get(actuel, frozenset()):
        raise VisiteTransitionImpossible(actuel=LIBELLES[actuel])
    return vise


def ajouter_mois(jour: date, nombre: int) -> date:
    """`jour` moved by months; the 31st becomes the last day of a shorter month."""
    annee, mois = divmod(jour.year * MOIS_PAR_AN + jour.month - 1 + nombre, MOIS_PAR_AN)
    return date(annee, mois + 1, min(jour.day, monthrange(annee, mois + 1)[1]))


def dates_de_visites(premiere: date, par_an: int, jusqu_au: date) -> Iterator[date]:
    """`par_an` dates a year from `premiere` (1 to 12), both ends included.

    Each date is computed from the first one, so that a 31st seen as a 28th in February comes back to the 31st.
    """
    rang = 0
    while par_an > 0 and (le := ajouter_mois(premiere, rang * MOIS_PAR_AN // par_an)) <= jusqu_au:
        yield le
        rang += 1


def periode(le: date) -> str:
    """What makes a visit unique in its contract: "2026-03" (at most twelve visits a year)."""
    return f"{le:%Y-%m}"


def a_programmer(
    *, premiere: date, par_an: int, depuis: date, jusqu_au: date, deja: Iterable[date] = ()
) -> dict[str, date]:
    """The visits to schedule between two days, by period.

    `deja` are the dates of visits already announced: the schedule starts again half an interval after the last one,
    so that a changed first date never asks twice for the same visit.
    """
    dernieres = list(deja)
    seuil = ajouter_mois(max(dernieres), max(1, MOIS_PAR_AN // (2 * par_an))) if dernieres and par_an else depuis
    seuil = max(seuil, depuis)
    return {periode(le): le for le in dates_de_visites(premiere, par_an, jusqu_au) if le >= seuil}
