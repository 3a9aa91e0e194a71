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


def contributions_ht(quantite: Decimal, deee_ht: Decimal, copie_privee_ht: Decimal) -> tuple[Decimal, Decimal]:
    """What DEEE and copie privée add to a line of that quantity, HT: unit amounts never discounted, each to the cent.

    Source: code de l'environnement L541-10-20 (passed on as it was paid), CPI L311-4-1 (told to the buyer).
    """
    return arrondi(quantite * deee_ht), arrondi(quantite * copie_privee_ht)


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


def acompte(document: Totaux, pourcent: Decimal) -> Totaux:
    """`pourcent` of a document, by VAT rate: what is asked for when it is signed."""
    return totaux((_part(groupe, pourcent), groupe.taux) for groupe in document.groupes)


def _part(groupe: GroupeTva, pourcent: Decimal) -> Decimal:
    """The nearest base, within ten cents, whose VAT and that of the rest add up to that of the whole.

    VAT is rounded on each invoice: any other base would have the client pay a cent more or less than he signed for.
    """
    voulue = arrondi(groupe.base_ht * pourcent / CENT_POUR_CENT)
    proches = (voulue + signe * ecart * CENT for ecart in range(11) for signe in (1, -1))
    return next(
        (base for base in proches if _tva(base, groupe) + _tva(groupe.base_ht - base, groupe) == groupe.montant_tva),
        voulue,
    )


def _tva(base_ht: Decimal, groupe: GroupeTva) -> Decimal:
    return arrondi(base_ht * groupe.taux / CENT_POUR_CENT)


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
