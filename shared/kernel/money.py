"""Money and VAT arithmetic, written once: Decimal, half-up to the cent, VAT by rate group.

Source: EN 16931 BR-CO-17 (VAT of a group = taxable amount of the group x rate, rounded once).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
CENT_POUR_CENT = Decimal(100)


def arrondi(montant: Decimal) -> Decimal:
    """`montant` to the cent, half away from zero."""
    return montant.quantize(CENT, ROUND_HALF_UP)


def total_ligne_ht(quantite: Decimal, prix_ht: Decimal, remise: Decimal = ZERO) -> Decimal:
    """Quantity x unit price less `remise` (percent), rounded once to the cent."""
    return arrondi(quantite * prix_ht * (CENT_POUR_CENT - remise) / CENT_POUR_CENT)


def repartir(montant: Decimal, poids: Sequence[Decimal]) -> list[Decimal]:
    """`montant` shared pro rata of weights (none negative), to the cent, the shares summing exactly to it.

    Each share is rounded towards zero, then the cents left go to the largest remainders (the first one when equal).
    When nothing weighs, all count the same.
    """
    if not poids:
        return []
    pesees = list(poids) if sum(poids, ZERO) > 0 else [Decimal(1)] * len(poids)
    cents = int(abs(arrondi(montant)) / CENT)
    parts = [divmod(cents * pesee, sum(pesees, ZERO)) for pesee in pesees]
    entiers, restes = [int(entier) for entier, _ in parts], [reste for _, reste in parts]
    for rang in sorted(range(len(pesees)), key=lambda r: (-restes[r], r))[: cents - sum(entiers)]:
        entiers[rang] += 1
    signe = CENT.copy_sign(montant)
    return [entier * signe for entier in entiers]


@dataclass(frozen=True, slots=True)
class GroupeTva:
    """One VAT rate of a document: taxable base and tax, in euros."""

    taux: Decimal
    base_ht: Decimal
    montant_tva: Decimal


@dataclass(frozen=True, slots=True)
class Totaux:
    """The totals of a document, in euros."""

    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    groupes: tuple[GroupeTva, ...]


def totaux(lignes: Iterable[tuple[Decimal, Decimal]]) -> Totaux:
    """Totals of (line total HT already rounded, VAT rate in percent) pairs; groups sorted by rate."""
    bases: dict[Decimal, Decimal] = {}
    for total_ht, taux in lignes:
        cle = taux.normalize()
        bases[cle] = bases.get(cle, ZERO) + total_ht
    groupes = tuple(
        GroupeTva(taux.quantize(CENT), base, arrondi(base * taux / CENT_POUR_CENT))
        for taux, base in sorted(bases.items())
    )
    total_ht = sum((g.base_ht for g in groupes), ZERO)
    total_tva = sum((g.montant_tva for g in groupes), ZERO)
    return Totaux(total_ht, total_tva, total_ht + total_tva, groupes)
