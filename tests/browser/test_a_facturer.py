"""What is to be invoiced, on a phone: amounts are read and prices typed without sliding anything."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_ecrans import CADRE_GLISSE
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def test_un_acompte_se_lit_sans_glisser_sur_un_telephone(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [{"designation": "Câblage de la salle des professeurs", "prix_fixe_ht": "12345.60"}])
    p = produit.lire("manon", chemin)
    corps = {"objet": p["objet"], "valide_jusqu_au": p["valide_jusqu_au"], "acompte_pourcent": "30"}
    produit.api("manon", "PUT", chemin, corps)
    produit.creer("manon", f"{chemin}/valider", {"signe_par": "Mme Durand"})
    demande = {"demande_id": p["demande_id"]}
    (acompte,) = bientot(lambda: produit.lire("celine", "/billing/affaires-client", **demande)["elements"])
    page = asseoir("celine", largeur=390)
    page.goto("/administratif/a-facturer")
    ligne = page.locator("tbody tr").filter(has_text=acompte["numero"])
    expect(ligne.get_by_text("3\u202f703,68\u00a0€", exact=True)).to_be_in_viewport(ratio=1)
    expect(ligne).to_contain_text("Acompte")
    assert page.evaluate(CADRE_GLISSE) == []
    ligne.get_by_role("link").first.click()
    prix = page.get_by_label("Prix HT, ligne 1")
    expect(prix).to_be_visible()
    assert page.evaluate(CADRE_GLISSE) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
