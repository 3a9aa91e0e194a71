"""Capacity and load in half-days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.demandes.absence.rules import Demi
from services.demandes.charge.rules import capacite, charge, lundis
from services.demandes.intervention.rules import horaires
from shared.contracts.contacts import SEMAINE_ORDINAIRE
from shared.kernel.clock import PARIS

LUNDI = date(2026, 3, 16)
SEMAINES = lundis(LUNDI, 2)
DEBUTS = st.datetimes(datetime(2026, 3, 9), datetime(2026, 3, 27)).map(lambda d: d.replace(tzinfo=UTC))
DUREES = st.integers(1, 6 * 24 * 60).map(lambda m: timedelta(minutes=m))


def a(jour: int, heure: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Paris."""
    return datetime(2026, 3, jour, heure, minute, tzinfo=PARIS)


def test_les_semaines_commencent_le_lundi() -> None:
    assert lundis(date(2026, 3, 22), 3) == [LUNDI, date(2026, 3, 23), date(2026, 3, 30)]


def test_ce_que_l_on_peut_faire_sans_absences_ni_jours_feries() -> None:
    perdues = {(LUNDI, Demi.MATIN), (date(2026, 3, 21), Demi.MATIN), (date(2026, 3, 24), Demi.APRES_MIDI)}
    assert capacite(SEMAINES, SEMAINE_ORDINAIRE, perdues) == [9, 9], "le samedi n’était pas travaillé"
    assert capacite(SEMAINES, ["dimanche_matin"], set()) == [1, 1]


@pytest.mark.parametrize(
    ("planifies", "attendu"),
    [
        ([horaires(LUNDI, Demi.MATIN)], 1),
        ([horaires(LUNDI, Demi.JOURNEE)], 2),
        ([horaires(LUNDI, Demi.MATIN), horaires(LUNDI, Demi.MATIN)], 2),
        ([(a(16, 9), a(16, 10))], 0.25),
        ([(a(16, 12), a(16, 14))], 0.5),
        ([(a(16, 19), a(16, 21))], 0.5),
        ([horaires(date(2026, 3, 21), Demi.MATIN)], 1),
        ([(a(20, 13, 30), a(23, 12))], 1),
        ([(a(2, 8), a(3, 17))], 0),
    ],
)
def test_ce_qui_est_prevu_se_compte_en_demi_journees(
    planifies: list[tuple[datetime, datetime]], attendu: float
) -> None:
    assert charge(SEMAINES, SEMAINE_ORDINAIRE, planifies)[0] == attendu


def test_ce_qui_passe_le_dimanche_soir_est_de_la_semaine_d_apres() -> None:
    assert charge(SEMAINES, SEMAINE_ORDINAIRE, [(a(20, 13, 30), a(23, 12))]) == [1, 1]


@given(DEBUTS, DUREES)
def test_personne_ne_fait_plus_que_le_temps_qui_passe(debut: datetime, duree: timedelta) -> None:
    total = sum(charge(lundis(date(2026, 3, 2), 6), SEMAINE_ORDINAIRE, [(debut, debut + duree)]))
    assert 0 <= total <= duree / timedelta(hours=4) + 0.02
