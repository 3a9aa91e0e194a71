"""Who is served, and from where. Pure."""

from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import TypeVar

ZERO = Decimal(0)
K = TypeVar("K", bound=Hashable)


def repartir(besoin: Decimal, disponibles: Iterable[tuple[K, Decimal]]) -> list[tuple[K, Decimal]]:
    """Take `besoin` from the first sources that have some: never more than wanted, never more than each has."""
    parts: list[tuple[K, Decimal]] = []
    reste = besoin
    for source, disponible in disponibles:
        pris = min(reste, disponible)
        if pris > ZERO:
            parts.append((source, pris))
            reste -= pris
    return parts
