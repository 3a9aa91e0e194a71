"""When preventive visits fall: month lengths, leap years, and what a change of schedule may ask again."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.maintenance.errors import VisiteTransitionImpossible
from services.maintenance.visite.rules import (
    TRANSITIONS,
    EtatVisite,
    a_programmer,
    ajouter_mois,
    dates_de_visites,
    passer,
    periode,
)

JOURS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
PAR_AN = st.integers(1, 12)


@given(premiere=JOURS, par_an=PAR_AN, annees=st.integers(1, 6))
def test_exactly_n_visits_a_year_in_order_from_the_first_day(premiere: date, par_an: int, annees: int) -> None:
    fin = ajouter_mois(premiere, 12 * annees) - timedelta(days=1)
    dates = list(dates_de_visites(premiere, par_an, fin))
    assert dates[0] == premiere
    assert len(dates) == par_an * annees
    assert all(avant < apres for avant, apres in pairwise(dates))
    assert len({periode(le) for le in dates}) == len(dates)


@given(premiere=JOURS, par_an=PAR_AN)
def test_the_day_of_the_month_never_drifts(premiere: date, par_an: int) -> None:
    for le in dates_de_visites(premiere, par_an, ajouter_mois(premiere, 60)):
        dernier_jour = ajouter_mois(le.replace(day=1), 1) - timedelta(days=1)
        assert le.day == min(premiere.day, dernier_jour.day)


def test_a_31st_and_a_29_february() -> None:
    assert list(dates_de_visites(date(2027, 8, 31), 2, date(2028, 8, 31))) == [
        date(2027, 8, 31),
        date(2028, 2, 29),
        date(2028, 8, 31),
    ]
    assert list(dates_de_visites(date(2028, 2, 29), 1, date(2032, 3, 1))) == [
        date(2028, 2, 29),
        date(2029, 2, 28),
        date(2030, 2, 28),
        date(2031, 2, 28),
        date(2032, 2, 29),
    ]


def test_no_visit_without_frequency() -> None:
    assert list(dates_de_visites(date(2026, 1, 1), 0, date(2030, 1, 1))) == []
    assert a_programmer(premiere=date(2026, 1, 1), par_an=0, depuis=date(2026, 1, 1), jusqu_au=date(2030, 1, 1)) == {}


@given(premiere=JOURS, autre=JOURS, par_an=PAR_AN, faites=st.integers(1, 5))
def test_a_changed_first_date_never_asks_twice_for_the_same_visit(
    premiere: date, autre: date, par_an: int, faites: int
) -> None:
    deja = list(dates_de_visites(premiere, par_an, date(2060, 1, 1)))[:faites]
    programmees = a_programmer(premiere=autre, par_an=par_an, depuis=premiere, jusqu_au=date(2045, 1, 1), deja=deja)
    seuil = ajouter_mois(deja[-1], max(1, 6 // par_an))
    assert all(le >= seuil for le in programmees.values())
    assert not {periode(le) for le in deja} & programmees.keys()


@given(depart=st.sampled_from(EtatVisite), vise=st.sampled_from(EtatVisite))
def test_a_wrong_transition_always_raises(depart: EtatVisite, vise: EtatVisite) -> None:
    if vise in TRANSITIONS.get(depart, ()):
        assert passer(depart, vise) is vise
    else:
        with pytest.raises(VisiteTransitionImpossible):
            passer(depart, vise)
