"""What is added from elsewhere is shown where it landed; a file that was tried need not be chosen again."""

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


@pytest.mark.feature("CO-11")
def test_un_produit_ajoute_de_sa_page_amene_a_la_ligne_qui_l_a_recu(produit: Produit, asseoir: Asseoir) -> None:
    camera = creer_catalogue(produit).camera
    chemin = ouvrir(produit, [{"designation": f"Ligne {n}", "cout_ht": "10", "marge": "50"} for n in range(1, 61)])
    page = asseoir("manon")
    page.goto(f"/catalogue/{camera['id']}")
    page.get_by_role("link", name="Ajouter à une proposition").click()
    numero = produit.lire("manon", chemin)["numero"]
    page.get_by_role("button", name=f"Choisir {numero}").click()
    page.get_by_label("Ligne qui a besoin du produit").select_option(label="Ligne 55")
    page.get_by_role("button", name="Ajouter à la ligne").click()
    visee = page.locator(".qg-ligne.is-visee")
    expect(visee.locator("[data-champ=designation]")).to_have_value("Ligne 55")
    expect(visee).to_be_in_viewport()
    expect(page.locator(".qg-detail")).to_contain_text(camera["reference"])
    (cache,) = produit.lire("manon", chemin)["lignes"][54]["produits"]
    assert cache["reference"] == camera["reference"]


def test_un_tableau_de_prix_essaye_s_importe_sans_etre_choisi_a_nouveau(produit: Produit, asseoir: Asseoir) -> None:
    produit.creer(
        "thomas", "/inventory/produits", {"reference": "ESSAI-1", "designation": "Essai", "prix_vente_ht": "9"}
    )
    tarif = produit.creer("manon", "/commercial/tarifs", {"origine": "liste", "libelle": "Essayé"})
    bientot(lambda: len(produit.lire("manon", "/commercial/produits", q="ESSAI-1")) == 1)
    page = asseoir("manon", tolere=(422,))
    page.goto(f"/devis/tarifs/{tarif['id']}")
    page.get_by_role("button", name="Essayer sans rien écrire").click()
    expect(page.locator("#bilan")).to_contain_text("Choisissez le fichier à lire.")
    lignes = "Référence;Quantité minimale;Prix HT\nESSAI-1;1;1 000,50\nABSENTE-1;1;2\n".encode("cp1252")
    page.locator("input[type=file]").set_input_files({"name": "prix.csv", "mimeType": "text/csv", "buffer": lignes})
    page.get_by_role("button", name="Essayer sans rien écrire").click()
    expect(page.locator("#bilan")).to_contain_text("1 prix seraient écrits sur 2 lignes.")
    page.get_by_role("button", name="Importer", exact=True).click()
    expect(page.get_by_text("1 prix écrits sur 2 lignes.")).to_be_visible()
    (prix,) = produit.lire("manon", f"/commercial/tarifs/{tarif['id']}/prix")["elements"]
    assert float(prix["prix_net_ht"]) == 1000.5
