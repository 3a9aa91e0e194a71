"""What a contract bills and when, and its life."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.maintenance.contrat.rules import (
    TRANSITIONS,
    EtatContrat,
    couvre,
    echeances,
    passer,
    premiere_visite,
    verifier_dates,
)
from services.maintenance.errors import ContratTransitionImpossible, DatesIncoherentes
from services.maintenance.visite.rules import ajouter_mois

JOURS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
PERIODICITES = st.sampled_from((1, 2, 3, 4, 6, 12, 24, 36))


@given(debut=JOURS, mois=PERIODICITES, annees=st.integers(0, 8), a_echoir=st.booleans())
def test_periods_follow_one_another_without_hole_or_overlap(
    debut: date, mois: int, annees: int, a_echoir: bool
) -> None:
    limite = ajouter_mois(debut, 12 * annees)
    periodes = list(echeances(debut=debut, fin=None, periodicite_mois=mois, est_a_echoir=a_echoir, jusqu_au=limite))
    assert [p.debut for p in periodes][:1] in ([debut], [])
    for avant, apres in pairwise(periodes):
        assert apres.debut == avant.fin + timedelta(days=1)
    for p in periodes:
        assert p.facturee_le == (p.debut if a_echoir else p.fin) <= limite


@given(debut=JOURS, mois=PERIODICITES, jours=st.integers(0, 2000))
def test_the_last_period_stops_with_the_contract(debut: date, mois: int, jours: int) -> None:
    fin = debut + timedelta(days=jours)
    periodes = list(
        echeances(debut=debut, fin=fin, periodicite_mois=mois, est_a_echoir=False, jusqu_au=date(2060, 1, 1))
    )
    assert periodes[-1].fin == fin


def test_the_first_visit_is_the_day_chosen_or_one_interval_after_the_start() -> None:
    assert premiere_visite(date(2026, 1, 31), 12, None) == date(2026, 2, 28)
    assert premiere_visite(date(2026, 1, 31), 2, date(2026, 3, 1)) == date(2026, 3, 1)


@given(jour=JOURS, debut=JOURS, duree=st.integers(0, 4000), etat=st.sampled_from(EtatContrat))
def test_only_a_contract_in_force_covers(jour: date, debut: date, duree: int, etat: EtatContrat) -> None:
    fin = debut + timedelta(days=duree)
    assert couvre(etat, debut, fin, jour) == (etat is EtatContrat.ACTIF and debut <= jour <= fin)


@given(depart=st.sampled_from(EtatContrat), vise=st.sampled_from(EtatContrat))
def test_a_wrong_transition_always_raises(depart: EtatContrat, vise: EtatContrat) -> None:
    if vise in TRANSITIONS.get(depart, ()):
        assert passer(depart, vise, "CT") is vise
    else:
        with pytest.raises(ContratTransitionImpossible):
            passer(depart, vise, "CT")


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(DatesIncoherentes, match="28/02/2026"):
        verifier_dates(date(2026, 3, 1), date(2026, 2, 28))
