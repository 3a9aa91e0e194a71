"""What is within a tolerance, and what becomes of a surplus beyond it. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

CENT = Decimal(100)
RIEN = Decimal(0)


class AuDela(StrEnum):
    """What happens to a surplus beyond the tolerance: somebody accepts it, with trace, or it stays out."""

    ACCEPTER = "accepter"
    REFUSER = "refuser"


class Sort(StrEnum):
    """What becomes of a surplus."""

    TOLERE = "tolere"
    A_ACCEPTER = "a_accepter"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The tolerances of a supplier, in percent of what was ordered; none said: every difference is somebody's choice."""

    quantite_pct: Decimal = RIEN
    prix_pct: Decimal = RIEN
    au_dela: AuDela = AuDela.ACCEPTER

    def tolere(self, surplus: Decimal, attendue: Decimal) -> bool:
        """Whether a surplus on what was expected is small enough to be taken without asking."""
        return surplus * CENT <= attendue * self.quantite_pct

    def juger(self, surplus: Decimal, attendue: Decimal) -> Sort:
        """What becomes of a surplus on what was expected."""
        if self.tolere(surplus, attendue):
            return Sort.TOLERE
        return Sort.REFUSE if self.au_dela is AuDela.REFUSER else Sort.A_ACCEPTER
