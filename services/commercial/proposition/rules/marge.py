"""The smallest taux de marque a proposition may end with, whatever the client chooses among its options. Pure.

A line costs what it declares, or what its hidden products cost when that is more. Why: docs/decisions/0036.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from services.commercial.proposition.rules.chiffrage import Convention, Genre, Ligne, chiffrer_ligne
from shared.kernel.money import CENT_POUR_CENT, ZERO

Montants = tuple[Decimal, Decimal]  # sold, paid
RIEN: Montants = (ZERO, ZERO)
TOURS_MAX = 100


def montants(ligne: Ligne, convention: Convention) -> Montants:
    """What a line sells and what it really costs; what is taken away needs none of its hidden products. Without price,
    nothing is promised yet: it holds the sending by itself."""
    chiffres = chiffrer_ligne(ligne, convention)
    if chiffres.est_a_fixer:
        return RIEN
    caches = ZERO if ligne.est_negative else chiffres.cout_cache_ht
    return chiffres.vente_ht, max(chiffres.cout_total_ht, caches)


def taux(paires: Iterable[Montants]) -> Decimal | None:
    """The taux de marque of amounts together; None when nothing is sold."""
    listees = list(paires)
    vente = sum((v for v, _ in listees), ZERO)
    cout = sum((c for _, c in listees), ZERO)
    return (vente - cout) * CENT_POUR_CENT / vente if vente > 0 else None


def plus_basse(lignes: Sequence[Ligne], convention: Convention) -> Decimal | None:
    """The lowest taux de marque in percent, not rounded; None when nothing can be sold.

    Whether a choice goes below a rate is a sum over its lines, so each is chosen alone; the rate found is tried in
    its turn until no choice goes below it (Dinkelbach's method).
    """
    groupes = _groupes(lignes, convention)
    trouve = taux(max(groupe) for groupe in groupes)
    for _ in range(TOURS_MAX):
        if trouve is None:
            return None
        part = 1 - trouve / CENT_POUR_CENT
        essai = taux(min(groupe, key=lambda paire: paire[0] * part - paire[1]) for groupe in groupes)
        if essai is None or essai >= trouve:
            return trouve
        trouve = essai
    return trouve


def _groupes(lignes: Sequence[Ligne], convention: Convention) -> list[list[Montants]]:
    """The amounts among which one is taken: a firm line alone, an option or nothing, the lines of a variant."""
    groupes: dict[object, list[Montants]] = {}
    for ligne in lignes:
        if ligne.genre is Genre.LIGNE:
            sienne = [RIEN] if ligne.est_option and not ligne.variante else []
            groupes.setdefault(ligne.variante or ligne.id, sienne).append(montants(ligne, convention))
    return list(groupes.values())
