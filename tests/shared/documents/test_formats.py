"""Formats read as French paper reads, and lose nothing."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents import formats

MONTANTS = st.decimals(min_value=-(10**11), max_value=10**11, places=4)


def lire(texte: str) -> Decimal:
    """The number a French reader reads."""
    return Decimal(texte.replace(formats.FINE, "").replace(formats.MOINS, "-").replace(",", "."))


@given(MONTANTS)
def test_montant_se_relit_au_centime(valeur: Decimal) -> None:
    assert lire(formats.montant(valeur)) == valeur.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(MONTANTS)
def test_prix_se_relit_sans_perte(valeur: Decimal) -> None:
    assert lire(formats.prix(valeur)) == valeur


@given(MONTANTS)
def test_milliers_par_trois_et_jamais_de_moins_zero(valeur: Decimal) -> None:
    entiers = formats.montant(valeur).lstrip(formats.MOINS).split(",")[0].split(formats.FINE)
    assert all(len(groupe) == 3 for groupe in entiers[1:])
    assert 1 <= len(entiers[0]) <= 3
    assert formats.montant(valeur) != f"{formats.MOINS}0,00"


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=3))
def test_quantite_sans_zeros_inutiles(valeur: Decimal) -> None:
    texte = formats.quantite(valeur)
    assert lire(texte) == valeur
    assert "," not in texte or not texte.endswith("0")


@pytest.mark.parametrize(
    ("obtenu", "attendu"),
    [
        (formats.euros(Decimal("1234.5")), "1\u202f234,50\u00a0€"),
        (formats.euros(Decimal("-0.005")), "\u22120,01\u00a0€"),
        (formats.euros(Decimal("-0.004")), "0,00\u00a0€"),
        (formats.euros(Decimal(10), "CHF"), "10,00\u00a0CHF"),
        (formats.prix(Decimal("0.0345")), "0,0345"),
        (formats.prix(Decimal("12.5000")), "12,50"),
        (formats.quantite(Decimal("180.000"), "m"), "180\u00a0m"),
        (formats.pourcentage(Decimal("5.50")), "5,5\u00a0%"),
        (formats.pourcentage(20), "20\u00a0%"),
        (formats.date_courte(date(2026, 11, 4)), "04/11/2026"),
        (formats.date_longue(date(2026, 8, 1)), "1er\u00a0août\u00a02026"),
        (formats.date_complete(date(2026, 11, 4)), "mercredi 4\u00a0novembre\u00a02026"),
        (formats.date_courte(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)), "01/01/2027"),
        (formats.heure(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)), "14\u00a0h\u00a005"),
        (formats.siren("73282932000074"), "732\u00a0829\u00a0320\u00a000074"),
        (formats.iban("fr7630006000011234567890189"), "FR76 3000 6000 0112 3456 7890 189".replace(" ", "\u00a0")),
        (formats.telephone("+33 4 79 00 00 00"), "04\u00a079\u00a000\u00a000\u00a000"),
        (formats.telephone("+41 22 000 00 00"), "+41 22 000 00 00"),
    ],
)
def test_exemples(obtenu: str, attendu: str) -> None:
    assert obtenu == attendu
