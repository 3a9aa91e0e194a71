"""Half-days and conflicts, whatever the times."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.demandes.absence.rules import Demi
from services.demandes.intervention.rules import Creneau, cases, conflits, horaires, semaine
from shared.kernel.clock import PARIS

DEBUTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda d: d.replace(tzinfo=UTC))
DUREES = st.integers(1, 5 * 24 * 60).map(lambda m: timedelta(minutes=m))


@given(DEBUTS, DUREES)
def test_les_cases_se_suivent_et_couvrent_le_creneau(debut: datetime, duree: timedelta) -> None:
    touchees = cases(debut, debut + duree)
    assert touchees
    assert touchees[0][0] == debut.astimezone(PARIS).date()
    rangs = [(j.toordinal() * 2 + (d is Demi.APRES_MIDI)) for j, d in touchees]
    assert rangs == list(range(rangs[0], rangs[0] + len(rangs)))


@given(st.dates(datetime(2026, 1, 1).date(), datetime(2026, 12, 31).date()), st.sampled_from(list(Demi)))
def test_une_demi_journee_touche_ses_cases(jour, demi) -> None:  # type: ignore[no-untyped-def]
    attendues = [Demi.MATIN, Demi.APRES_MIDI] if demi is Demi.JOURNEE else [demi]
    assert cases(*horaires(jour, demi)) == [(jour, d) for d in attendues]
    assert jour in semaine(jour) or jour.weekday() == 6


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50), st.integers(1, 20)), max_size=12))
def test_les_conflits_sont_exactement_les_chevauchements_d_une_personne(bruts: list[tuple[int, int, int]]) -> None:
    zero = datetime(2026, 3, 16, tzinfo=UTC)
    creneaux = [
        Creneau(UUID(int=n), frozenset({UUID(int=p)}), zero + timedelta(hours=h), zero + timedelta(hours=h + d))
        for n, (p, h, d) in enumerate(bruts)
    ]
    attendus = {
        un.intervention_id
        for un in creneaux
        for autre in creneaux
        if un is not autre and un.personnes & autre.personnes and un.debut < autre.fin and autre.debut < un.fin
    }
    assert conflits(creneaux) == attendus
