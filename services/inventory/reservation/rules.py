"""Who is served, and from where. Pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

ZERO = Decimal(0)
K = TypeVar("K", bound=Hashable)
Plan = dict[UUID, dict[UUID, Decimal]]


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


@dataclass(frozen=True, slots=True)
class Voeu:
    """What an attendu still wants from stock: a product in one nature; `depuis` is the depot it looks at first."""

    attendu_id: UUID
    article: Hashable
    quantite: Decimal
    depuis: UUID | None = None


def planifier(voeux: Iterable[Voeu], libres: Mapping[tuple[Hashable, UUID], Decimal], depots: Sequence[UUID]) -> Plan:
    """Serve wishes one after the other, in the sequence given: {attendu: {depot: quantity}}.

    `libres` is what each (article, depot) holds with every reservation given back. The same wishes and the same
    stock always give the same plan: who comes first takes what is there, the next ones what is left.
    """
    reste = dict(libres)
    plan: Plan = {}
    for voeu in voeux:
        ici = sorted(depots, key=lambda depot: depot != voeu.depuis)
        parts = repartir(voeu.quantite, [(d, reste.get((voeu.article, d), ZERO)) for d in ici])
        for depot, quantite in parts:
            reste[voeu.article, depot] -= quantite
        plan[voeu.attendu_id] = dict(parts)
    return plan
