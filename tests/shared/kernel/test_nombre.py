"""Numbers are read as people of any country write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.nombre import lire_nombre

# The line editor reads the same ones: tests/browser/test_collage.py pastes them.
LUS = (
    *(("1 234,50", "1234.50"), ("1\u202f234,50 €", "1234.50"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50")),
    *(("1 000.00", "1000.00"), ("1'234.50", "1234.50"), ("1,234,567", "1234567"), ("1.234.567,8", "1234567.8")),
    *(("12,5", "12.5"), ("12.5", "12.5"), ("0", "0"), ("+7", "7"), ("\u221212,5", "-12.5"), ("-1,234.50", "-1234.50")),
    *((".5", "0.5"), ("5.", "5"), ("007", "7"), ("1,234", "1.234"), ("99,90 EUR HT", "99.90"), ("15 %", "15")),
)
FAUX = ("sur demande", "1,2,3", "NaN", "12e", "--", "1e999999999", "1-2", "12 x 3")


@pytest.mark.parametrize(("ecrit", "attendu"), [*LUS, ("", None), ("  ", None)])
def test_numbers_are_read_as_they_are_written(ecrit: str, attendu: str | None) -> None:
    assert lire_nombre(ecrit) == (None if attendu is None else Decimal(attendu))


@given(st.decimals(0, 9_999_999, places=2))
def test_a_french_price_is_read_back(prix: Decimal) -> None:
    ecrit = f"{prix:,.2f}".replace(",", "\u202f").replace(".", ",")
    assert lire_nombre(ecrit) == prix


@pytest.mark.parametrize("faux", [*FAUX, "1e-999999999", "0e-999999999"])
def test_what_is_no_number_is_said(faux: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        lire_nombre(faux)
