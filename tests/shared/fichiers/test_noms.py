"""File names: readable, and harmless on any disk and in any header."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.fichiers.noms import LONGUEUR_MAXIMALE, nom_propre


@pytest.mark.parametrize(
    ("recu", "propre"),
    [
        ("Devis signé n° 12.pdf", "Devis signé n° 12.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\x\photo.jpg", "photo.jpg"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a<b>:c|d?.pdf", "a-b--c-d-.pdf"),
        ("...", "document"),
        ("", "document"),
        ("CON.pdf", "_CON.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_exemples(recu: str, propre: str) -> None:
    assert nom_propre(recu) == propre


@given(st.text(max_size=400))
def test_toujours_sain(recu: str) -> None:
    propre = nom_propre(recu)
    assert 1 <= len(propre) <= LONGUEUR_MAXIMALE
    assert not set(propre) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c)[0] == "C" for c in propre)
    assert propre == propre.strip(" .")
    assert nom_propre(propre) == propre
