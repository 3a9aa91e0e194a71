"""What paper accepts is what the fonts of the system really draw."""

import subprocess
import unicodedata

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.caracteres import HORS_PLAGE, imprimable
from shared.documents.errors import CaracteresNonImprimables


def test_chaque_caractere_accepte_a_un_dessin() -> None:
    dessines: set[int] = set()
    for famille in ("Inter", "DejaVu Sans"):
        fichier = subprocess.run(["fc-match", "-f", "%{file}", famille], capture_output=True, text=True, check=True)
        dessines |= set(TTFont(fichier.stdout).getBestCmap())
    acceptes = [c for c in map(chr, range(0x20, 0x3000)) if not HORS_PLAGE.match(c)]
    manquants = [hex(ord(c)) for c in acceptes if ord(c) not in dessines and unicodedata.category(c) != "Cn"]
    assert manquants == []


@pytest.mark.parametrize(
    ("ecrit", "imprime"),
    [
        ("Zoé Ÿ. Œuvrard", "Zoé Ÿ. Œuvrard"),
        ("Cafe\u0301", "Café"),
        ("Martin 😀👍🏽 SARL ✂️", "Martin  SARL "),
        ("abc\u202egpj.exe\u200b\x07", "abcgpj.exe"),
        ("½ × 12 m² → −5 °C ≥ 3 ✓ Δ Ж", "½ × 12 m² → −5 °C ≥ 3 ✓ Δ Ж"),
        ("ligne 1\n\tligne 2", "ligne 1\n\tligne 2"),
    ],
)
def test_sans_lecture_disparait(ecrit: str, imprime: str) -> None:
    assert imprimable(ecrit) == imprime


@pytest.mark.parametrize("nom", ["漢字", "شركة", "עברית", "ไทย", "\ue000"])
def test_lettre_sans_dessin_refusee_en_francais(nom: str) -> None:
    with pytest.raises(CaracteresNonImprimables) as refus:
        imprimable(f"<div class='nom'>Société {nom} SARL</div>")
    assert nom[0] in refus.value.detail
    assert "près de « Société" in refus.value.detail
    assert "<" not in refus.value.detail


@given(st.text())
def test_tout_texte_est_imprime_ou_refuse(texte: str) -> None:
    try:
        assert not HORS_PLAGE.search(imprimable(texte))
    except CaracteresNonImprimables:
        assert any(unicodedata.category(c)[0] in "LNPSMC" for c in texte)
