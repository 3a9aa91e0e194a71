"""A line without price on the page of a devis: said, left out of the totals, and never shown at what it costs."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]
LIGNES = [
    {"designation": "Caméra", "cout_ht": "100", "marge": "50", "deee_ht": "0.5"},
    {"designation": "Enregistreur", "cout_ht": "398", "deee_ht": "2"},
]
A_FIXER = "prix à fixer"


@pytest.fixture(scope="module")
def victor(produit: Produit) -> str:
    """Somebody who writes devis and sees no cost."""
    droits = [f"devis.{verbe}" for verbe in ("lire", "modifier", "envoyer", "valider")]
    role = produit.creer("admin", "/roles", {"libelle": "Assistant commercial", "droits": [*droits, "demande.lire"]})
    compte = {"identifiant": "victor", "nom": "Victor", "roles": [role["cle"]], "mot_de_passe": SECRET}
    produit.creer("admin", "/comptes", compte)
    return "victor"


def totaux(page: Page, total_ht: str, a_chiffrer: str) -> None:
    expect(page.locator("[data-t=total_ht]")).to_have_text(total_ht)
    reste = page.locator(".totaux-reste")
    expect(reste.locator("dd")).to_have_text(a_chiffrer) if a_chiffrer else expect(reste).to_be_hidden()


def prix(produit: Produit, chemin: str) -> list[Any]:
    return [ligne["prix_ht"] for ligne in produit.lire("manon", chemin)["lignes"]]


def test_la_ligne_sans_prix_ne_compte_pas_et_le_cadenas_la_vend_a_son_cout(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, LIGNES)
    page = asseoir("manon", tolere=(422,))
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    ligne = page.locator(".qg-ligne").nth(1)
    pv, total = ligne.locator("[data-champ=prix_ht]"), ligne.locator("[data-total]")
    expect(ligne.get_by_text(A_FIXER)).to_be_visible()
    expect(pv).to_have_value("")
    expect(total).to_have_text("–")
    totaux(page, "150,50\u00a0€", "1 ligne")
    page.get_by_role("link", name="Envoyer", exact=True).click()
    dialogue = page.locator("#dialogue[open]")
    dialogue.get_by_label("Destinataires").fill("a@exemple.fr")
    dialogue.get_by_role("button", name="Envoyer le devis").click()
    expect(dialogue).to_contain_text("a des lignes sans prix : « Enregistreur »")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    ligne.locator("[data-cadenas]").click()
    expect(pv).to_have_value("398,00")
    totaux(page, "550,50\u00a0€", "")
    bientot(lambda: prix(produit, chemin) == ["150.00", "398.0000"])
    pv.fill("")
    totaux(page, "150,50\u00a0€", "1 ligne")
    pv.press("Tab")
    expect(pv).to_have_value("")
    bientot(lambda: prix(produit, chemin) == ["150.00", None])


def test_qui_ne_voit_pas_les_couts_ne_lit_pas_celui_d_une_ligne_sans_prix(
    produit: Produit, asseoir: Asseoir, victor: str
) -> None:
    chemin = ouvrir(produit, LIGNES)
    page = asseoir(victor)
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    camera, nvr = page.locator(".qg-ligne").first, page.locator(".qg-ligne").nth(1)
    pv = nvr.locator("[data-champ=prix_ht]")
    expect(camera.locator("[data-champ=prix_ht]")).to_have_value("150,00")
    totaux(page, "150,50\u00a0€", "1 ligne")
    assert "398" not in page.content()
    nvr.locator("[data-cadenas]").click()
    expect(pv).to_be_focused()
    page.keyboard.type("520")
    totaux(page, "672,50\u00a0€", "")
    bientot(lambda: prix(produit, chemin) == ["150.00", "520.0000"])
    pv.fill("")
    totaux(page, "150,50\u00a0€", "1 ligne")
    camera.locator("[data-champ=prix_ht]").fill("")
    camera.locator("[data-champ=quantite]").fill("2")
    bientot(lambda: prix(produit, chemin) == ["150.00", None])
    page.locator("h1").click()
    expect(camera.locator("[data-champ=prix_ht]")).to_have_value("150,00")
    totaux(page, "301,00\u00a0€", "1 ligne")
    camera.locator("[data-champ=quantite]").press("Control+d")
    totaux(page, "602,00\u00a0€", "1 ligne")
    bientot(lambda: prix(produit, chemin) == ["150.00", "150.00", None])
    devis = produit.lire("manon", chemin)
    couts = [ligne["cout_ht"] for ligne in devis["lignes"]]
    assert couts[0] == couts[1] != "0.0000"
    assert devis["totaux"]["total_ht"] == "602.00"
    assert "398" not in page.content()
