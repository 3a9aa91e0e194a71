"""Agreed prices in pages: a tarif is made, its price follows the quantity typed in a proposition, and the line takes it."""

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def test_le_prix_convenu_suit_la_quantite_puis_entre_dans_la_ligne(produit: Produit, asseoir: Asseoir) -> None:
    camera = creer_catalogue(produit).camera
    chemin = ouvrir(produit, [])
    client = produit.lire("manon", chemin)["tiers_id"]
    bientot(lambda: len(produit.lire("manon", "/commercial/produits", q=camera["reference"])) == 1)
    page = asseoir("manon")
    page.goto("/devis/tarifs")
    page.get_by_role("link", name="Nouveau tarif").click()
    page.get_by_label("Nom").fill("Prix du lycée")
    page.get_by_role("button", name="Créer le tarif").click()
    page.wait_for_url("**/devis/tarifs/*-*")
    for des, prix in (("1", "140"), ("10", "120,50")):
        combo = page.get_by_role("combobox", name="Produit")
        combo.fill(camera["reference"])
        page.locator(".combo-option").first.click()
        page.get_by_role("textbox", name="À partir de").fill(des)
        page.get_by_role("textbox", name="Prix HT").fill(prix)
        page.get_by_role("button", name="Enregistrer le prix").click()
        expect(page.locator("#lignes, main").get_by_text("120,50" if des == "10" else "140,00").first).to_be_visible()
        expect(page.get_by_role("combobox", name="Produit")).to_be_focused()
    produit.creer("manon", "/commercial/tarifs", {"origine": "client", "libelle": "Autre", "tiers_id": client})
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.get_by_role("link", name="Produit", exact=True).click()
    dialogue = page.locator("dialog[open]")
    dialogue.get_by_role("combobox", name="Produit").fill(camera["reference"])
    dialogue.locator(".combo-option").first.click()
    expect(dialogue.locator("#prix-retenu")).to_contain_text("140,00")
    dialogue.get_by_label("Quantité").fill("10")
    expect(dialogue.locator("#prix-retenu")).to_contain_text("120,50")
    expect(dialogue.locator("#prix-retenu")).to_contain_text("Prix du lycée")
    dialogue.get_by_role("button", name="Ajouter la ligne").click()
    expect(page.locator(".qg-ligne")).to_have_count(1)
    (ligne,) = produit.lire("manon", chemin)["lignes"]
    assert (ligne["prix_ht"], ligne["total_ht"]) == ("120.5000", "1205.00")
