"""The life of a feuille and the green of a column."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.errors import EtatDejaAtteint, TransitionImpossible
from services.inventory.feuille import rules
from services.inventory.feuille.rules import StatutFeuille as S

QUANTITES = st.decimals(min_value=0, max_value=1000, places=3)


@given(QUANTITES, QUANTITES, QUANTITES)
def test_missing_is_never_negative_and_completes_what_is_there(q: Decimal, present: Decimal, reserve: Decimal) -> None:
    manque = rules.manquant(q, present, reserve)
    assert manque >= 0
    assert manque + present + reserve >= q
    assert manque == 0 or manque + present + reserve == q


@pytest.mark.parametrize(
    ("attendus", "prets", "verte"),
    [
        ([], [], True),
        ([(Decimal(2), Decimal(2))], [True, True], True),
        ([(Decimal(2), Decimal(3))], [True], True),
        ([(Decimal(2), Decimal(1))], [True], False),
        ([(Decimal(2), Decimal(2))], [True, False], False),
    ],
)
def test_a_column_is_green_when_all_is_here_and_ready(
    attendus: list[tuple[Decimal, Decimal]], prets: list[bool], verte: bool
) -> None:
    assert rules.colonne_verte(attendus, prets) is verte


ALLOWED = {(a, b) for a, vers in rules.TRANSITIONS.items() for b in vers}


@pytest.mark.parametrize("actuel", list(S))
@pytest.mark.parametrize("vise", list(S))
def test_only_the_transitions_of_the_table_are_accepted(actuel: S, vise: S) -> None:
    if (actuel, vise) in ALLOWED:
        assert rules.passer(actuel, vise, numero="FT-2026-00001") is vise
    else:
        with pytest.raises(EtatDejaAtteint if actuel is vise else TransitionImpossible):
            rules.passer(actuel, vise, numero="FT-2026-00001")
