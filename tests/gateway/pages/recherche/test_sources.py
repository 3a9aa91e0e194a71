"""What the palette says of a contact: its telephone as people say it, exact however it was typed."""

import pytest

from gateway.pages.recherche.sources import SOURCES

CONTACTS = SOURCES[0]
LUE = {
    "id": "1",
    "nom": "Mairie de Sévrier",
    "code": "C00012",
    "ville": "Sévrier",
    "telephone": "+33450531216",
    "email": "accueil@sevrier.fr",
}


def test_le_telephone_se_lit_comme_on_le_dit() -> None:
    assert CONTACTS.montrer(LUE, "x")["detail"] == "C00012 · Sévrier · 04\u00a050\u00a053\u00a012\u00a016"


@pytest.mark.parametrize(
    "q", ["0450531216", "04 50 53 12 16", "+33 4 50 53 12 16", "mairie de sevrier", "c00012", "accueil@sevrier.fr"]
)
def test_ce_qui_est_exact_est_reconnu(q: str) -> None:
    assert CONTACTS.montrer(LUE, q)["est_exacte"]


@pytest.mark.parametrize("q", ["04 50 53 12", "33450531216x", "mairie"])
def test_le_debut_d_un_numero_n_est_pas_exact(q: str) -> None:
    assert not CONTACTS.montrer(LUE, q)["est_exacte"]
