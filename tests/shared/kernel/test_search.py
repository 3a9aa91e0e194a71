"""What is found by what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.search import requete_recherche, texte_recherche


def test_a_reference_counts_whole_and_in_parts() -> None:
    assert set(texte_recherche("DS-2CD2147", "Caméra dôme").split()) == {"ds", "2cd2147", "ds2cd2147", "camera", "dome"}


def test_every_ending_of_a_phone_is_searchable() -> None:
    mots = texte_recherche("Mairie", telephones=["+33450510000", None]).split()
    assert {"0450510000", "450510000", "510000", "0000", "mairie"} <= set(mots)
    assert "000" not in mots


@pytest.mark.parametrize(
    ("saisie", "requete"),
    [
        ("Lefèvre", "lefevre:*"),
        ("exemple.fr", "((exemple:* & fr:*) | exemplefr:*)"),
        ("DEV-2026-00042", "((dev:* & 2026:* & 00042:*) | dev202600042:*)"),
        ("2026-00042", "((2026:* & 00042:*) | 202600042:*)"),
        ("04 50 51", "(04:* & 50:* & 51:*) | 045051:*"),
        ("04.50.51", "((04:* & 50:* & 51:*) | 045051:*)"),
        ("510000", "510000:*"),
        ("+33450510000", "(33450510000:*) | 0450510000:*"),
        ("+33 4 50 51", "(33:* & 4:* & 50:* & 51:*) | 045051:*"),
        ("51", "51:*"),
        ("  ", None),
        ("&|!:*'()", None),
        (None, None),
    ],
)
def test_what_is_typed_becomes_beginnings(saisie: str | None, requete: str | None) -> None:
    assert requete_recherche(saisie) == requete


@given(st.text(max_size=80))
def test_no_input_can_break_out_of_the_query(saisie: str) -> None:
    requete = requete_recherche(saisie) or ""
    assert all(c.isalnum() or c in " &|():*" for c in requete)
