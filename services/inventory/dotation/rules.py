"""What a place needs to be full again. Pure: computed again from the same figures, the same result."""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Plein:
    """What a place misses of a product: `a_prendre` from what its depot has available, `manquant` that nobody has."""

    a_prendre: Decimal
    manquant: Decimal


def faire_le_plein(present: Decimal, mini: Decimal, cible: Decimal, disponible: Decimal) -> Plein:
    """Nothing while the minimum is there; below it, up to the target, as far as the depot goes."""
    if present >= mini:
        return Plein(ZERO, ZERO)
    manque = cible - present
    a_prendre = min(manque, max(disponible, ZERO))
    return Plein(a_prendre, manque - a_prendre)
