"""The steps drawn at the top of a demande."""

from typing import Any

import pytest

from gateway.pages.demandes.presentation import etapes


def une_demande(ici: str, *possibles: str) -> dict[str, Any]:
    etats = [("a_faire", False), ("facture", True), ("perdu", True)]
    return {
        "id": "1",
        "etat_code": ici,
        "possibles": list(possibles),
        "motifs": [],
        "temps_minutes": 0,
        "etats": [{"code": code, "libelle": code, "est_terminal": fin, "exige_temps": False} for code, fin in etats],
    }


@pytest.mark.parametrize(
    ("ici", "possibles", "vues"),
    [
        ("a_faire", (), [("a_faire", "courante"), ("facture", "a_venir"), ("perdu", "a_venir")]),
        ("facture", (), [("a_faire", "passee"), ("facture", "courante")]),
        ("perdu", (), [("a_faire", "passee"), ("perdu", "courante")]),
        ("facture", ("perdu",), [("a_faire", "passee"), ("facture", "courante"), ("perdu", "a_venir")]),
    ],
)
def test_one_end_reached_hides_the_others(ici: str, possibles: tuple[str, ...], vues: list[tuple[str, str]]) -> None:
    assert [(e["libelle"], e["etat"]) for e in etapes(une_demande(ici, *possibles), True)] == vues
