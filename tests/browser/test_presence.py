"""Two people on one proposition see each other, and who types."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def test_deux_personnes_se_voient_sur_la_meme_proposition(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [{"designation": "Un", "cout_ht": "10", "marge": "50"}])
    url = f"/devis/propositions/{chemin.rsplit('/', 1)[1]}"
    manon, helene = asseoir("manon"), asseoir("helene")
    manon.goto(url)
    expect(manon.locator("[data-presence]")).to_be_hidden()
    helene.goto(url)
    expect(helene.locator("[data-presence]")).to_contain_text("est aussi ici")
    expect(manon.locator("[data-presence]")).to_contain_text("est aussi ici", timeout=40_000)
    helene.locator(".qg-ligne [data-champ=quantite]").first.fill("3")
    expect(manon.locator("[data-presence]")).to_contain_text("écrit ici", timeout=40_000)
    helene.goto("/devis")
    expect(manon.locator("[data-presence]")).to_be_hidden(timeout=40_000)
