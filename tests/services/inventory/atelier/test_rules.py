"""The safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.atelier.rules import Coffre
from services.inventory.errors import SecretAbsent


@given(st.text(min_size=1, max_size=200))
def test_what_is_locked_comes_back_and_is_not_readable(clair: str) -> None:
    coffre = Coffre("une clé")
    chiffre = coffre.chiffrer(clair)
    assert coffre.ouvrir(chiffre) == clair
    assert chiffre != clair


def test_keys_are_changed_without_losing_anything() -> None:
    ancien = Coffre("ancienne").chiffrer("1234")
    assert Coffre("nouvelle,ancienne").ouvrir(ancien) == "1234"
    with pytest.raises(SecretAbsent):
        Coffre("nouvelle").ouvrir(ancien)
