"""The needs of a line follow its quantity in the editor, unfolded or not, and an undo brings both back."""

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def test_les_produits_caches_suivent_la_quantite_de_la_ligne(produit: Produit, asseoir: Asseoir) -> None:
    camera = creer_catalogue(produit).camera
    cache = {"produit_id": camera["id"], "quantite": "4"}
    ligne = {"designation": "Caméra posée", "quantite": "2", "cout_ht": "100", "marge": "50", "produits": [cache]}
    chemin = bientot(lambda: ouvrir(produit, [ligne]))

    def caches() -> list[float]:
        return [float(p["quantite"]) for p in produit.lire("manon", chemin)["lignes"][0]["produits"]]

    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne [data-caches]").click()
    cachee = page.get_by_label(f"Quantité de {camera['designation']}")
    expect(cachee).to_have_value("4")
    quantite = page.locator(".qg-ligne [data-champ=quantite]")
    quantite.fill("5")
    expect(cachee).to_have_value("10")
    page.locator(".qg-ligne [data-champ=designation]").fill("Caméra posée et réglée")
    bientot(lambda: produit.lire("manon", chemin)["lignes"][0]["designation"] == "Caméra posée et réglée")
    page.keyboard.press("Control+z")
    bientot(lambda: produit.lire("manon", chemin)["lignes"][0]["designation"] == "Caméra posée")
    assert caches() == [10], "undoing something else leaves what followed"
    page.keyboard.press("Control+z")
    expect(quantite).to_have_value("2")
    bientot(lambda: caches() == [4])
    page.keyboard.press("Control+Shift+z")
    bientot(lambda: caches() == [10])
    page.locator(".enregistrement.is-fait").wait_for()
    if page.locator(".qg-detail").count() == 0:
        page.locator(".qg-ligne [data-caches]").click()
    page.get_by_role("switch", name="Quantités cachées proportionnelles").uncheck()
    quantite.fill("50")
    bientot(lambda: float(produit.lire("manon", chemin)["lignes"][0]["quantite"]) == 50)
    assert caches() == [10]
