"""The geometry of the plots: bars inside the frame, an axis of round steps that covers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.pages.coque.graphiques import (
    HAUTEUR,
    LARGEUR,
    MARGE_GAUCHE,
    Jauge,
    Serie,
    colonnes,
    jauges,
    parts,
    pas_rond,
)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30))
def test_bars_stay_inside_and_keep_their_order(valeurs: list[float]) -> None:
    dessin = colonnes([str(n) for n in range(len(valeurs))], [Serie("a", "A", valeurs)])
    hauteurs = {barre["libelle"]: barre["h"] for barre in dessin["barres"]}
    for barre in dessin["barres"]:
        assert MARGE_GAUCHE <= barre["x"] <= LARGEUR
        assert barre["x"] + barre["l"] <= LARGEUR + 0.5
        assert 0 <= barre["y"] <= HAUTEUR
        assert barre["h"] >= 0
    for a, va in enumerate(valeurs):
        for b, vb in enumerate(valeurs):
            if va < vb and va > 0:
                assert hauteurs[str(a)] <= hauteurs[str(b)]
    assert dessin["axe"][-1]["valeur"] >= max(valeurs) * 0.999999


@pytest.mark.parametrize(("maximum", "pas"), [(0, 1), (4, 1), (100, 50), (1000, 500), (37_000, 10_000), (8.0, 2.0)])
def test_steps_are_round(maximum: float, pas: float) -> None:
    assert pas_rond(maximum) == pas


def test_the_longest_part_is_whole() -> None:
    assert parts([5.0, 10.0, 0.0]) == [50.0, 100.0, 0.0]
    assert parts([]) == []
    assert parts([0.0]) == [0.0]


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=1, max_size=26))
def test_a_gauge_shows_what_is_taken_inside_and_too_much_above(mesures: list[tuple[float, float]]) -> None:
    dessin = jauges([Jauge(str(n), capacite, pris, "/") for n, (capacite, pris) in enumerate(mesures)])
    assert dessin["axe"][-1]["valeur"] >= max(max(m) for m in mesures) * 0.999999
    for barre, (capacite, pris) in zip(dessin["barres"], mesures, strict=True):
        assert barre["x"] + dessin["large"] <= LARGEUR + 0.5
        assert dessin["haut"] <= barre["trop"]["y"] <= barre["pris"]["y"] <= dessin["bas"]
        assert (barre["trop"]["h"] > 0) <= (pris > capacite)
        assert barre["pris"]["h"] <= barre["cadre"]["h"]
