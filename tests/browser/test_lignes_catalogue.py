"""Lines of the catalogue in a real browser: contributions, prices by quantity, rich descriptions, totals on tabs."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def test_la_deee_le_palier_et_le_gras_se_saisissent_dans_la_grille(produit: Produit, asseoir: Asseoir) -> None:
    valeurs = {"designation": "Caméra", "prix_vente_ht": "100", "deee_ht": "0.5"}
    camera = produit.creer("thomas", "/inventory/produits", {"reference": "CAM-PALIER", **valeurs})
    tarif = produit.creer("manon", "/commercial/tarifs", {"origine": "liste", "libelle": "Volume"})
    prix = {"produit_id": camera["id"], "quantite_min": "10", "prix_ht": "80"}
    bientot(lambda: produit.api("manon", "PUT", f"/commercial/tarifs/{tarif['id']}/prix", prix) or True)
    chemin = ouvrir(produit, [])
    produit.creer("manon", f"{chemin}/depuis-produit", {"produit_id": camera["id"], "quantite": "2"})

    def ligne() -> dict[str, Any]:
        return dict(produit.lire("manon", chemin)["lignes"][0])

    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    expect(page.locator("[data-t=total_ht]")).to_have_text("201,00\u00a0€")
    page.locator("[data-champ=quantite]").fill("12")
    expect(page.locator("[data-t=total_ht]")).to_have_text(re.compile("206,00"))  # 1 200 + 6
    page.get_by_role("button", name="Prendre le prix de cette quantité").click()
    expect(page.locator("[data-total-onglet]")).to_have_text("966,00\u00a0€")
    bientot(lambda: (ligne()["prix_fixe_ht"], ligne()["total_ht"]) == ("80.0000", "966.00"))

    page.locator("[data-caches]").click()
    page.get_by_label("Copie privée HT").fill("1,25")
    page.get_by_label("Copie privée HT").press("Tab")
    expect(page.locator("[data-contributions]").first).to_have_text(re.compile("21,00"))  # 6 + 15
    bientot(lambda: ligne()["total_ht"] == "981.00")

    texte = page.locator("[data-champ=description]")
    texte.fill("Garantie 5 ans")
    texte.evaluate("champ => champ.setSelectionRange(9, 14)")
    texte.press("Control+b")
    texte.press("End")
    texte.press("Enter")
    texte.press_sequentially("pose")
    texte.press("Control+Shift+L")
    texte.press("Enter")
    texte.press_sequentially("essais")
    expect(texte).to_have_value("Garantie **5 ans**\n• pose\n• essais")
    bientot(lambda: ligne()["description"] == "Garantie **5 ans**\n• pose\n• essais")
    texte.press("Control+z")
    bientot(lambda: ligne()["description"] != "Garantie **5 ans**\n• pose\n• essais")
