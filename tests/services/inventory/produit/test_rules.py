"""Until when a product is guaranteed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.produit.rules import fin_de_garantie


@pytest.mark.parametrize(
    ("livre_le", "mois", "fin"),
    [
        (date(2026, 11, 29), 24, date(2028, 11, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 3, 17), 0, None),
    ],
)
def test_the_last_day_is_the_same_day_of_a_later_month_or_its_end(livre_le: date, mois: int, fin: date | None) -> None:
    assert fin_de_garantie(livre_le, mois) == fin


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_a_longer_guarantee_never_ends_earlier(livre_le: date, mois: int) -> None:
    courte, longue = fin_de_garantie(livre_le, mois), fin_de_garantie(livre_le, mois + 1)
    assert courte is not None
    assert longue is not None
    assert livre_le < courte <= longue
