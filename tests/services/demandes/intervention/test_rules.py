"""Half-days and conflicts, whatever the times."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.demandes.absence.rules import Demi, prises, repos, travaille
from services.demandes.intervention.rules import Creneau, cases, conflits, horaires, prevus, semaine
from shared.contracts.contacts import SEMAINE_ORDINAIRE
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


VENDREDI = date(2026, 3, 20)
QUATRE_CINQUIEMES = [demi for demi in SEMAINE_ORDINAIRE if not demi.startswith("mercredi")]


def test_ce_qui_dure_passe_les_demi_journees_que_personne_ne_travaille() -> None:
    debut, fin = prevus(VENDREDI, Demi.MATIN, 16 * 60, SEMAINE_ORDINAIRE)
    assert (debut, fin) == (horaires(VENDREDI, Demi.MATIN)[0], horaires(date(2026, 3, 23), Demi.APRES_MIDI)[1])
    samedi_aussi = [*SEMAINE_ORDINAIRE, "samedi_matin"]
    assert prevus(VENDREDI, Demi.MATIN, 12 * 60, samedi_aussi)[1] == horaires(date(2026, 3, 21), Demi.MATIN)[1]
    mardi, jeudi = date(2026, 3, 17), date(2026, 3, 19)
    assert prevus(mardi, Demi.APRES_MIDI, 8 * 60, QUATRE_CINQUIEMES)[1] == horaires(jeudi, Demi.MATIN)[1]
    seul_matin = [demi for demi in SEMAINE_ORDINAIRE if demi.endswith("matin")]
    assert prevus(mardi, Demi.MATIN, 8 * 60, seul_matin)[1] == horaires(date(2026, 3, 18), Demi.MATIN)[1]
    ferie = date(2026, 4, 3)  # Friday before Easter Monday
    assert prevus(ferie, Demi.APRES_MIDI, 8 * 60, SEMAINE_ORDINAIRE)[1].date() == date(2026, 4, 7)


def test_la_premiere_demi_journee_est_celle_que_l_on_a_choisie() -> None:
    samedi = date(2026, 3, 21)
    assert prevus(samedi, Demi.MATIN, 4 * 60, SEMAINE_ORDINAIRE) == horaires(samedi, Demi.MATIN)
    assert prevus(samedi, Demi.MATIN, 8 * 60, SEMAINE_ORDINAIRE)[1] == horaires(date(2026, 3, 23), Demi.MATIN)[1]


@given(DEBUTS, DUREES)
def test_ce_qui_est_pris_est_travaille_ou_choisi(debut: datetime, duree: timedelta) -> None:
    touchees = cases(debut, debut + duree)
    pris = prises(touchees, QUATRE_CINQUIEMES)
    assert {touchees[0], touchees[-1]} <= set(pris) <= set(touchees)
    assert all(travaille(QUATRE_CINQUIEMES, case) for case in pris[1:-1])
    assert not any(travaille(QUATRE_CINQUIEMES, case) for case in set(touchees) - set(pris))


def test_les_demi_journees_chomees_se_disent() -> None:
    samedi, mercredi = date(2026, 3, 21), date(2026, 3, 18)
    assert repos([(samedi, Demi.MATIN), (samedi, Demi.APRES_MIDI)]) == "le samedi"
    assert repos([(mercredi, Demi.APRES_MIDI), (samedi, Demi.MATIN)]) == "le mercredi après-midi, le samedi matin"
