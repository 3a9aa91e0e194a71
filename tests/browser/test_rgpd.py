"""Erasing what names a person, from the page, in a real browser: asked twice, then nothing shows it any more."""

import re

import pytest
from playwright.sync_api import expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
PDF = b"%PDF-1.7 une carte"


def test_le_fichier_et_la_personne_s_effacent_depuis_la_page(asseoir: Asseoir, produit: Produit) -> None:
    nom = f"Bertholet{str(new_id())[-5:]}"
    personne = {"prenom": "Zoé", "nom": nom, "email": f"{nom.lower()}@exemple.fr"}
    fiche = {"nom": f"Cabinet {str(new_id())[-6:]}", "roles": ["client"], "interlocuteurs": [personne]}
    tiers = produit.creer("claire", "/contacts/tiers", fiche)
    adresse = f"/contacts/tiers/{tiers['id']}/fichiers/{new_id()}"
    produit.deposer("claire", adresse, f"Carte {nom}.pdf", PDF)
    page = asseoir("admin")
    page.goto("/administration/rgpd")
    page.get_by_label(re.compile("Nom complet")).fill(nom)
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.get_by_role("button", name=f"Effacer Carte {nom}.pdf").click()
    page.locator("#confirmation").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("button", name=f"Effacer Carte {nom}.pdf")).to_be_visible()
    page.get_by_role("button", name=f"Effacer Carte {nom}.pdf").click()
    page.locator("#confirmation").get_by_role("button", name="Effacer le fichier").click()
    expect(page.locator(".toast").first).to_contain_text("effacé")
    expect(page.get_by_role("button", name=f"Effacer Carte {nom}.pdf")).to_have_count(0)
    assert produit.lire("claire", f"/contacts/tiers/{tiers['id']}/fichiers")["elements"] == []
    page.get_by_role("button", name=f"Anonymiser Zoé {nom}").click()
    confirmation = page.locator("#confirmation")
    confirmation.get_by_role("button", name="Anonymiser").click()
    expect(confirmation).to_be_visible()  # the name must be typed again
    confirmation.get_by_role("textbox").fill(f"Zoé {nom}")
    confirmation.get_by_role("button", name="Anonymiser").click()
    expect(page.get_by_role("button", name=f"Anonymiser Zoé {nom}")).to_have_count(0)
    lue = produit.lire("claire", f"/contacts/tiers/{tiers['id']}")["interlocuteurs"][0]
    assert (lue["prenom"], lue["nom"], lue["email"]) == ("", "Personne anonymisée", None)
