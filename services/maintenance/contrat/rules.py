"""The life of a contract, and what it will bill and when. Pure, property-tested.

Source: seed §6, « générer d'une part les factures récurrentes (selon la fréquence souhaitée) ».
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.maintenance.errors import ContratTransitionImpossible, DatesIncoherentes
from services.maintenance.visite.rules import MOIS_PAR_AN, ajouter_mois

PERIODICITES = (1, 2, 3, 4, 6, 12, 24, 36)


class EtatContrat(StrEnum):
    """Being written, in force, ended before its term, arrived at its term."""

    BROUILLON = "brouillon"
    ACTIF = "actif"
    RESILIE = "resilie"
    TERMINE = "termine"


TRANSITIONS: dict[EtatContrat, frozenset[EtatContrat]] = {
    EtatContrat.BROUILLON: frozenset({EtatContrat.ACTIF, EtatContrat.RESILIE}),
    EtatContrat.ACTIF: frozenset({EtatContrat.RESILIE, EtatContrat.TERMINE}),
}
LIBELLES = {
    EtatContrat.BROUILLON: "encore en brouillon",
    EtatContrat.ACTIF: "déjà actif",
    EtatContrat.RESILIE: "résilié",
    EtatContrat.TERMINE: "arrivé à son terme",
}
MODIFIABLES = frozenset({EtatContrat.BROUILLON, EtatContrat.ACTIF})


def passer(actuel: EtatContrat, vise: EtatContrat, numero: str) -> EtatContrat:
    """The state wanted, if it may follow; raises otherwise."""
    if vise not in TRANSITIONS.get(actuel, frozenset()):
        raise ContratTransitionImpossible(numero=numero, actuel=LIBELLES[actuel])
    return vise


def verifier_modifiable(actuel: EtatContrat, numero: str) -> None:
    """Refuses to change a contract that is over."""
    if actuel not in MODIFIABLES:
        raise ContratTransitionImpossible(numero=numero, actuel=LIBELLES[actuel])


def verifier_dates(debut: date, fin: date | None) -> None:
    """Refuses a contract that ends before it begins."""
    if fin is not None and fin < debut:
        raise DatesIncoherentes(debut=f"{debut:%d/%m/%Y}", fin=f"{fin:%d/%m/%Y}")


def couvre(etat: EtatContrat, debut: date, fin: date | None, jour: date) -> bool:
    """Whether an intervention on `jour` is in the flat fee."""
    return etat is EtatContrat.ACTIF and debut <= jour and (fin is None or jour <= fin)


def premiere_visite(debut: date, par_an: int, choisie: date | None) -> date:
    """The day chosen, else one interval after the start."""
    return choisie or ajouter_mois(debut, MOIS_PAR_AN // par_an if par_an else MOIS_PAR_AN)


@dataclass(frozen=True, slots=True)
class Echeance:
    """A period billed at once, both days included, and the month it is billed in."""

    debut: date
    fin: date
    facturee_le: date


def echeances(
    *, debut: date, fin: date | None, periodicite_mois: int, est_a_echoir: bool, jusqu_au: date
) -> Iterator[Echeance]:
    """Every period billed at the latest on `jusqu_au`: in advance on its first day, else on its last."""
    rang = 0
    while True:
        depart = ajouter_mois(debut, rang * periodicite_mois)
        if fin is not None and depart > fin:
            return
        arrivee = ajouter_mois(debut, (rang + 1) * periodicite_mois) - timedelta(days=1)
        arrivee = arrivee if fin is None else min(arrivee, fin)
        facturee_le = depart if est_a_echoir else arrivee
        if facturee_le > jusqu_au:
            return
        yield Echeance(depart, arrivee, facturee_le)
        rang += 1
