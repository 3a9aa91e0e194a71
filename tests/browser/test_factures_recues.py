"""An electronic invoice of a supplier nobody knows: created from what it says, matched, answered, paid, credited."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.services.billing.facture_recue.recues import un_avoir, une_cii

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
Json = dict[str, Any]
INCONNU = {"nom": "Réseau Pro", "siren": "404833048", "tva": "FR83404833048", "commande": ""}


def deposer(page: Page, nom: str, contenu: bytes) -> None:
    """Through the form of the page."""
    page.goto("/administratif/fournisseurs/recues")
    page.get_by_role("button", name="Déposer une facture").first.click()
    fenetre = page.locator("dialog[open]")
    fenetre.locator("input[type=file]").set_input_files({"name": nom, "mimeType": "text/xml", "buffer": contenu})
    fenetre.get_by_role("button", name="Déposer", exact=True).click()


def repondre(page: Page, geste: str) -> None:
    page.get_by_role("button", name="Répondre au fournisseur").click()
    page.get_by_role("menuitem", name=geste, exact=True).click()


def test_le_fournisseur_inconnu_se_cree_de_sa_facture_et_l_on_y_revient(produit: Produit, asseoir: Asseoir) -> None:
    page = asseoir("celine")
    deposer(page, "RP-1.xml", une_cii(numero="RP-1", **INCONNU))
    expect(page.locator("main")).to_contain_text("Réseau Pro n’est pas dans le carnet d’adresses")
    page.get_by_role("link", name="Créer le fournisseur").click()
    expect(page.get_by_label("Nom ou raison sociale")).to_have_value("Réseau Pro")
    expect(page.get_by_label("SIREN", exact=True)).to_have_value("404833048")
    page.get_by_role("button", name="Créer le contact").click()
    expect(page).to_have_url(re.compile("/administratif/fournisseurs/recues/[0-9a-f-]{36}"))
    expect(page.locator("main")).to_contain_text("Elle rejoindra sa réception dès que celle-ci sera validée.")
    (cree,) = produit.lire("celine", "/contacts/tiers", q="Réseau Pro")["elements"]
    fiche: Json = produit.lire("celine", f"/contacts/tiers/{cree['id']}")
    assert (fiche["siren"], fiche["roles"]) == ("404833048", ["fournisseur"])
    adresse = fiche["adresses"][0]
    assert (adresse["lignes"], adresse["code_postal"], adresse["ville"]) == (["4 rue des Alliés"], "38000", "Grenoble")


@pytest.mark.parametrize("largeur", [1440, 390])
def test_chaque_reponse_au_fournisseur_se_donne_et_se_lit(produit: Produit, asseoir: Asseoir, largeur: int) -> None:
    page = asseoir("celine", largeur=largeur, tolere=(422,))
    numero = f"RS-{largeur}"
    deposer(page, f"{numero}.xml", une_cii(numero=numero, **INCONNU))
    repondre(page, "Mettre en litige")
    fenetre = page.locator("dialog[open]")
    fenetre.get_by_label("Motif").select_option(label="Prix unitaire erroné")
    fenetre.get_by_label("Précision").fill("98 € convenus")
    fenetre.get_by_role("button", name="Mettre en litige").click()
    chrono = page.get_by_role("list", name="Statuts donnés au fournisseur")
    expect(chrono).to_contain_text("Prix unitaire erroné · 98 € convenus")
    repondre(page, "Approuver")
    page.locator("dialog[open]").get_by_role("button", name="Approuver").dblclick()
    expect(chrono.locator("li")).to_have_count(2)
    page.get_by_role("button", name="Paiement transmis").click()
    fenetre = page.locator("dialog[open]")
    expect(fenetre.get_by_label("Montant TTC payé")).to_have_value("1\u202f200,00")
    fenetre.get_by_role("button", name="Enregistrer").click()
    expect(chrono.locator("li")).to_have_count(3)
    with page.expect_download() as recu:
        chrono.get_by_role("link", name="Message CDAR").first.click()
    assert recu.value.suggested_filename.startswith(f"CDAR_{numero}_211_")
    chrono.get_by_role("button", name="Marquer comme transmis").first.click()
    expect(chrono).to_contain_text("remis à la plateforme le")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_un_avoir_attend_la_facture_qu_il_corrige(asseoir: Asseoir) -> None:
    page = asseoir("celine")
    deposer(page, "AV.xml", un_avoir(("SWITCH", "1", "100"), numero="AV-9", corrige="ABSENTE", **INCONNU))
    expect(page.locator("main")).to_contain_text("−100,00")
    expect(page.locator("h1, .tete-page")).to_contain_text(["Réseau Pro"])


@pytest.mark.parametrize(
    ("adresse", "puce", "attendu"),
    [
        ("/administratif/fournisseurs", "Contrôlées", r"fournisseurs\?q=zzz&etat=controlee$"),
        ("/administratif/fournisseurs/recues", "Toutes", r"recues\?q=zzz&etat=$"),
        ("/achats/receptions", "Validées", r"receptions\?q=zzz&situation=validee$"),
        ("/achats", "À acheter", r"achats\?q=zzz&filtre=a_acheter$"),
    ],
)
def test_les_puces_suivent_la_recherche_que_l_on_vient_de_taper(
    produit: Produit, asseoir: Asseoir, adresse: str, puce: str, attendu: str
) -> None:
    page = asseoir("helene")
    page.goto(f"{adresse}?q=ancien")
    page.locator("[data-filtre-champ]").fill("zzz")
    page.locator(".outils").get_by_role("link", name=puce, exact=True).click()
    expect(page).to_have_url(re.compile(attendu))
    expect(page.locator("[data-filtre-champ]")).to_have_value("zzz")
