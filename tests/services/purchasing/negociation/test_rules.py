"""States of a negociation, its split, its competitors."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.purchasing.errors import NegociationTransition, RepartitionTropGrande
from services.purchasing.negociation.rules import (
    TRANSITIONS,
    EtatNegociation,
    Offre,
    meilleures,
    passer,
    verifier_repartition,
)


def test_every_transition_outside_the_table_raises() -> None:
    for actuel in EtatNegociation:
        for vise in EtatNegociation:
            if vise in TRANSITIONS.get(actuel, set()):
                assert passer(actuel, vise, "Switch") is vise
            else:
                with pytest.raises(NegociationTransition):
                    passer(actuel, vise, "Switch")


@given(st.lists(st.integers(1, 20).map(Decimal), max_size=5), st.integers(1, 60).map(Decimal))
def test_shares_never_exceed_the_quantity(parts: list[Decimal], quantite: Decimal) -> None:
    if sum(parts, Decimal(0)) <= quantite:
        verifier_repartition(quantite, parts)
    else:
        with pytest.raises(RepartitionTropGrande):
            verifier_repartition(quantite, parts)


def test_the_best_price_and_delay_are_those_of_a_comparison() -> None:
    assert meilleures([Offre(Decimal(10), 5)]) == (set(), set())
    assert meilleures([Offre(Decimal(12), 2), Offre(Decimal(10), 5), Offre(None, 2)]) == ({1}, {0, 2})
