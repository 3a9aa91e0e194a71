"""The expected product an unexpected one most likely replaces is proposed first."""

from gateway.pages.achats.substitution import plus_proche


def test_the_closest_name_is_proposed() -> None:
    lignes = [{"id": "1", "designation": "Cordon RJ45 2 m"}, {"id": "2", "designation": "Switch 24 ports PoE"}]
    assert plus_proche(lignes, "Switch 24 ports PoE v2") == "2"
    assert plus_proche(lignes, "Cordon RJ45 3 m") == "1"
    assert plus_proche([], "Switch") == ""
