"""One error apart: the keys always meet, the distance agrees."""

from hypothesis import given
from hypothesis import strategies as st

from services.contacts.dictionnaire.rules import cles, distance, est_proche, mots_appris, requete

LETTRES = "abcdefghij"
MOTS = st.text(LETTRES, min_size=4, max_size=12)


@given(
    MOTS, st.integers(0, 11), st.sampled_from(LETTRES), st.sampled_from(["ajout", "oubli", "remplacement", "echange"])
)
def test_une_faute_laisse_une_cle_commune(mot: str, rang: int, lettre: str, faute: str) -> None:
    i = rang % len(mot)
    tape = {
        "ajout": mot[:i] + lettre + mot[i:],
        "oubli": mot[:i] + mot[i + 1 :],
        "remplacement": mot[:i] + lettre + mot[i + 1 :],
        "echange": mot[:i] + mot[i + 1 : i + 2] + mot[i : i + 1] + mot[i + 2 :],
    }[faute]
    assert distance(mot, tape) <= 1
    assert cles(mot) & cles(tape)


def test_deux_fautes_ne_passent_pas() -> None:
    assert est_proche("boulangerie", "boulngerie")
    assert est_proche("boulangerie", "bolulangerie")
    assert est_proche("martin", "matrin")
    assert not est_proche("martin", "matirm")
    assert not est_proche("martin", "martin")


def test_les_codes_et_les_nombres_ne_s_apprennent_pas() -> None:
    assert mots_appris("boulangerie du c0042 0450510000 sas") == {"boulangerie"}
    assert requete(["boulngerie", "lac"], {"boulngerie": ["boulangerie"]}) == "(boulngerie:* | boulangerie:*) & lac:*"
    assert requete(["inconnu"], {}) is None
