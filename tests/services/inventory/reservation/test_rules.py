"""Sharing what is available."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.inventory.reservation.rules import Voeu, planifier, repartir

QUANTITES = st.decimals(min_value=0, max_value=1000, places=3)
DEPOTS = [UUID(int=n) for n in (1, 2, 3)]
PRODUITS = [UUID(int=n) for n in (11, 12)]
SOLDES = st.dictionaries(st.tuples(st.sampled_from(PRODUITS), st.sampled_from(DEPOTS)), QUANTITES)
VOEUX = st.lists(st.tuples(st.sampled_from(PRODUITS), QUANTITES, st.sampled_from([*DEPOTS, None])), max_size=8)


@given(QUANTITES, st.lists(QUANTITES, max_size=6))
def test_never_more_than_wanted_nor_than_available(besoin: Decimal, stocks: list[Decimal]) -> None:
    parts = repartir(besoin, list(enumerate(stocks)))
    pris = sum((q for _, q in parts), Decimal(0))
    assert pris == min(besoin, sum(stocks, Decimal(0)))
    assert all(0 < q <= stocks[i] for i, q in parts)


def test_the_first_sources_are_emptied_first() -> None:
    assert repartir(Decimal(5), [("a", Decimal(3)), ("b", Decimal(9))]) == [("a", Decimal(3)), ("b", Decimal(2))]


@given(VOEUX, SOLDES)
def test_a_plan_serves_in_sequence_all_there_is_and_nothing_more(
    voulus: list[tuple[UUID, Decimal, UUID | None]], libres: dict[Any, Decimal]
) -> None:
    voeux = [Voeu(UUID(int=100 + n), p, q, depot) for n, (p, q, depot) in enumerate(voulus)]
    plan = planifier(voeux, libres, DEPOTS)
    assert plan == planifier(voeux, libres, DEPOTS)
    reste: dict[Any, Decimal] = dict(libres)
    for voeu in voeux:
        parts = plan[voeu.attendu_id]
        disponible = sum((q for (p, _), q in reste.items() if p == voeu.article), Decimal(0))
        assert sum(parts.values(), Decimal(0)) == min(voeu.quantite, disponible)
        for depot, quantite in parts.items():
            reste[voeu.article, depot] -= quantite
    assert all(q >= 0 for q in reste.values())


def test_a_wish_takes_from_its_own_depot_first() -> None:
    libres: dict[Any, Decimal] = {(PRODUITS[0], d): Decimal(4) for d in DEPOTS}
    plan = planifier([Voeu(UUID(int=100), PRODUITS[0], Decimal(5), DEPOTS[2])], libres, DEPOTS)
    assert plan[UUID(int=100)] == {DEPOTS[2]: Decimal(4), DEPOTS[0]: Decimal(1)}
