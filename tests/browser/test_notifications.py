"""The bell: a colleague named in a note sees it ring without reloading, opens it, and the demande is there."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.browser.test_ecrans import ouvrir
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]


def test_la_cloche_sonne_en_direct(produit: Produit, asseoir: Asseoir) -> None:
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": "Gîte des Aravis", "roles": ["client"], "adresses": [ANNECY]}
    )
    demande = ouvrir(produit, tiers["id"], "Interphone en panne")
    thomas = asseoir("thomas")
    thomas.goto("/demandes")
    cloche = thomas.locator("[data-cloche]")
    expect(cloche).to_have_attribute("aria-label", "Notifications, aucune non lue")
    expect(thomas.locator("[data-direct]")).to_contain_text("En direct")
    claire = asseoir("claire")
    claire.goto(f"/demandes/{demande['id']}")
    claire.get_by_label("Note").fill("Tu peux chiffrer, @Thomas ?")
    claire.get_by_role("button", name="Publier").click()
    expect(cloche).to_have_attribute("aria-label", "Notifications, 1\u00a0non lue")
    cloche.click()
    thomas.wait_for_url("**/notifications")
    thomas.get_by_role("link", name=f"Claire vous cite dans {demande['numero']}").click()
    thomas.wait_for_url(f"**/demandes/{demande['id']}")
    expect(cloche).to_have_attribute("aria-label", "Notifications, aucune non lue")
    thomas.get_by_role("button", name="Suivre").click()
    expect(thomas.get_by_role("button", name="Suivie : ne plus suivre")).to_be_visible()
    thomas.goto("/moi/notifications")
    jamais = thomas.get_by_role("group", name="Un collègue me cite dans une note").get_by_label("Jamais")
    jamais.check(force=True)
    thomas.get_by_role("button", name="Enregistrer").click()
    expect(thomas.locator(".toast")).to_contain_text("Notifications réglées")
    expect(jamais).to_be_checked()
