"""Sharing what is available."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.inventory.reservation.rules import repartir

QUANTITES = st.decimals(min_value=0, max_value=1000, places=3)


@given(QUANTITES, st.lists(QUANTITES, max_size=6))
def test_never_more_than_wanted_nor_than_available(besoin: Decimal, stocks: list[Decimal]) -> None:
    parts = repartir(besoin, list(enumerate(stocks)))
    pris = sum((q for _, q in parts), Decimal(0))
    assert pris == min(besoin, sum(stocks, Decimal(0)))
    assert all(0 < q <= stocks[i] for i, q in parts)


def test_the_first_sources_are_emptied_first() -> None:
    assert repartir(Decimal(5), [("a", Decimal(3)), ("b", Decimal(9))]) == [("a", Decimal(3)), ("b", Decimal(2))]
