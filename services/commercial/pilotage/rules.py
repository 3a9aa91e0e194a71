"""What figures of the sales mean. Pure.

A study counts once however many propositions it holds: several variants offered to one client are one sale.
"""

from datetime import date
from decimal import Decimal

from shared.kernel.money import CENT_POUR_CENT, arrondi

CHANCES_BROUILLON, CHANCES_ENVOYE = 20, 50
MOIS_MAX = 24


def conversion(gagnees: int, perdues: int) -> Decimal | None:
    """Percent won among those decided; None while none is."""
    decidees = gagnees + perdues
    return arrondi(CENT_POUR_CENT * gagnees / decidees) if decidees else None


def mois_plus(jour: date, nombre: int) -> date:
    """The first day of the month `nombre` months after (or before) that of `jour`."""
    rang = jour.year * 12 + jour.month - 1 + nombre
    return date(rang // 12, rang % 12 + 1, 1)


def mois_de(debut: date, fin: date) -> list[date]:
    """The first day of each month from `debut` to `fin`, both included."""
    premier = mois_plus(debut, 0)
    nombre = (fin.year - premier.year) * 12 + fin.month - premier.month + 1
    return [mois_plus(premier, n) for n in range(max(nombre, 0))]
