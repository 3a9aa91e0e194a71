"""Which periods of a contract are due in a month. Pure date arithmetic, property-tested."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.billing.errors import PeriodeInvalide


@dataclass(frozen=True, slots=True)
class Periode:
    """A stretch of a contract billed at once, both days included."""

    debut: date
    fin: date

    def libelle(self) -> str:
        """« du 01/11/2026 au 31/01/2027 »."""
        return f"du {self.debut:%d/%m/%Y} au {self.fin:%d/%m/%Y}"


def mois(periode: str) -> date:
    """The first day of "2026-11"; refuses anything else."""
    try:
        annee, _, numero = periode.partition("-")
        return date(int(annee), int(numero), 1)
    except ValueError as error:
        raise PeriodeInvalide(periode=periode) from error


def ajouter_mois(jour: date, nombre: int) -> date:
    """`jour` moved by months; the 31st becomes the last day of a shorter month."""
    rang = jour.year * 12 + jour.month - 1 + nombre
    annee, numero = divmod(rang, 12)
    return date(annee, numero + 1, min(jour.day, monthrange(annee, numero + 1)[1]))


def fin_de_mois(jour: date) -> date:
    """The last day of its month."""
    return jour.replace(day=monthrange(jour.year, jour.month)[1])


def periodes_dues(
    *, debut: date, fin: date | None, periodicite_mois: int, est_a_echoir: bool, mois_campagne: date
) -> Iterator[Periode]:
    """Every period to bill at the latest in the campaign's month, from the start of the contract.

    In advance (`est_a_echoir`): due in the month the period starts; else in the month it ends. Periods already
    billed are recognised by their start, so a missed month is proposed again.
    """
    limite = fin_de_mois(mois_campagne)
    rang = 0
    while True:
        depart = ajouter_mois(debut, rang * periodicite_mois)
        if fin is not None and depart > fin:
            return
        arrivee = ajouter_mois(debut, (rang + 1) * periodicite_mois) - timedelta(days=1)
        if fin is not None:
            arrivee = min(arrivee, fin)
        if (depart if est_a_echoir else arrivee) > limite:
            return
        yield Periode(depart, arrivee)
        rang += 1


def cle(contrat_id: object, periode: Periode) -> str:
    """What the database keeps unique: one affaire per contract and period."""
    return f"contrat:{contrat_id}:{periode.debut.isoformat()}"
