"""Reading what people type in a configuration form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.errors import ConfigurationRefusee, FormulaireIncorrect
from services.inventory.type_produit.rules import (
    MASQUE,
    Action,
    Champ,
    TypeChamp,
    lire,
    lire_valeurs,
    verifier_formulaire,
)


@pytest.mark.parametrize(
    ("type_", "brut", "lu"),
    [
        ("texte", "  Salle 2 ", "Salle 2"),
        ("nombre", "1 204,50", "1204.5"),
        ("nombre", 12, "12"),
        ("booleen", "oui", True),
        ("booleen", False, False),
        ("date", "2026-03-17", "2026-03-17"),
        ("adresse_ip", "192.168.1.20", "192.168.1.20"),
        ("adresse_mac", "00-1a-2b-3c-4d-5e", "00:1A:2B:3C:4D:5E"),
        ("url", "https://camera.local/", "https://camera.local/"),
        ("texte", "   ", None),
    ],
)
def test_typed_values_are_read(type_: TypeChamp, brut: Any, lu: Any) -> None:
    assert lire(Champ("c", "Champ", type_), brut) == lu


@pytest.mark.parametrize(
    ("type_", "brut"),
    [
        ("nombre", "douze"),
        ("nombre", "NaN"),
        ("booleen", "peut-être"),
        ("date", "17/03"),
        ("adresse_ip", "300.1.1.1"),
        ("adresse_mac", "00:1A"),
        ("url", "javascript:alert(1)"),
        ("texte", "x" * 501),
    ],
)
def test_wrong_values_are_refused_with_a_sentence(type_: TypeChamp, brut: Any) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        lire(Champ("c", "Champ", type_), brut)


@given(st.text(max_size=30))
def test_an_unknown_field_is_refused_whatever_it_holds(brut: str) -> None:
    with pytest.raises(ConfigurationRefusee) as refus:
        lire_valeurs([Champ("ip", "IP", "adresse_ip")], {"inconnu": brut})
    assert [e["champ"] for e in refus.value.contexte["erreurs"]] == ["inconnu"]


def test_a_masked_secret_was_not_retyped() -> None:
    secret = Champ("mdp", "Mot de passe", secret=True)
    assert lire_valeurs([secret], {"mdp": MASQUE}) == {}
    assert lire_valeurs([secret], {"mdp": ""}) == {"mdp": None}


@pytest.mark.parametrize(
    "champs",
    [
        [Champ("a", "A"), Champ("a", "B")],
        [Champ("Adresse IP", "A")],
        [Champ("a", "A", "choix")],
        [Champ("a", "A", "nombre", secret=True)],
    ],
)
def test_impossible_forms_are_refused(champs: list[Champ]) -> None:
    with pytest.raises(FormulaireIncorrect):
        verifier_formulaire(champs, [Action("ok", "Fait")])
