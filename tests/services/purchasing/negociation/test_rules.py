"""States of a negociation, its split, its competitors."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.purchasing.errors import NegociationTransition, RepartitionTropGrande
from services.purchasing.negociation.rules import (
    TRANSITIONS,
    EtatNegociation,
    Ligne,
    Offre,
    comparer,
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
        verifier_repartition("Switch", quantite, parts)
    else:
        with pytest.raises(RepartitionTropGrande):
            verifier_repartition("Switch", quantite, parts)


def test_the_best_price_and_delay_are_those_of_a_comparison() -> None:
    assert meilleures([Offre(Decimal(10), 5)]) == (set(), set())
    assert meilleures([Offre(Decimal(12), 2), Offre(Decimal(10), 5), Offre(None, 2)]) == ({1}, {0, 2})


def _ligne(fournisseur: int, produit: int, total: int | None, delai: int | None) -> Ligne:
    return Ligne(UUID(int=fournisseur), UUID(int=produit), None if total is None else Decimal(total), delai)


def test_a_partial_offer_is_never_the_best_whatever_its_total() -> None:
    bilans = comparer(
        [_ligne(1, 1, 10, 1), _ligne(2, 1, 30, 4), _ligne(2, 2, 5, 2), _ligne(3, 1, 20, 3), _ligne(3, 2, 18, 1)]
    )
    assert [(b.fournisseur_id.int, b.total_ht, b.delai_jours) for b in bilans] == [
        (2, Decimal(35), 4),
        (3, Decimal(38), 3),
        (1, Decimal(10), 1),
    ]
    assert [(b.est_complet, b.est_moins_cher, b.est_plus_rapide) for b in bilans] == [
        (True, True, False),
        (True, False, True),
        (False, False, False),
    ]


def test_a_total_with_an_unknown_delay_promises_no_delay() -> None:
    (bilan,) = comparer([_ligne(1, 1, 10, 1), _ligne(1, 2, 10, None)])
    assert (bilan.delai_jours, bilan.est_moins_cher) == (None, False)


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 3), st.none() | st.integers(0, 9), st.none() | st.integers(0, 5)),
        max_size=9,
    ),
    st.data(),
)
def test_the_comparison_follows_totals_not_the_order_of_the_offers(
    brutes: list[tuple[int, int, int | None, int | None]], data: st.DataObject
) -> None:
    lignes = [_ligne(*brute) for brute in brutes]
    bilans = comparer(lignes)
    assert comparer(data.draw(st.permutations(lignes))) == bilans
    complets = [b.total_ht for b in bilans if b.est_complet]
    assert complets == sorted(complets)
    assert sum((b.total_ht for b in bilans), Decimal(0)) == sum(
        (li.total_ht or Decimal(0) for li in lignes), Decimal(0)
    )
