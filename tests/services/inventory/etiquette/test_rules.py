"""Codes made and read."""

from hypothesis import given
from hypothesis import strategies as st

from services.inventory.etiquette import rules
from services.inventory.historique.rules import code_etiquette


@given(st.sampled_from(["{}", " {} ", "https://amanela.fr/e/{}", "http://x:8000/e/{}/", "https://a.fr/e/{}?s=qr"]))
def test_a_code_is_read_from_whatever_was_scanned(forme: str) -> None:
    code = rules.nouveau_code()
    assert code_etiquette(forme.format(code)) == code
    assert code_etiquette(forme.format(code).lower()) == code
    assert code_etiquette(rules.lisible(code)) == code


def test_codes_hold_no_letter_people_confuse() -> None:
    assert not set("".join(rules.nouveau_code() for _ in range(300))) & set("01OIL")
