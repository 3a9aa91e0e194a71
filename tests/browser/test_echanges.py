"""What is said with a contact, two colleagues side by side: noted by one, seen by the other; its files follow its études too."""

import base64
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_fichiers import PNG, poser
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
Json = dict[str, Any]


def _demande(produit: Produit, nom: str) -> tuple[Json, Json]:
    tiers: Json = produit.creer("claire", "/contacts/tiers", {"nom": nom, "roles": ["client"], "adresses": [ANNECY]})
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Caméras du quai"}
    return tiers, bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))


def test_un_appel_note_se_voit_chez_le_collegue_et_previent_qui_est_cite(asseoir: Asseoir, produit: Produit) -> None:
    tiers, demande = _demande(produit, "Scierie des Bauges")
    claire, manon = asseoir("claire"), asseoir("manon")
    claire.goto(f"/contacts/{tiers['id']}/echanges")
    manon.goto(f"/contacts/{tiers['id']}")
    expect(manon.locator("[data-direct]")).to_have_attribute("data-etat", "direct")
    claire.get_by_label("Ce qui a été dit").fill("Le gérant veut être rappelé, @Manon")
    claire.get_by_role("button", name="Noter").click()
    fil = claire.get_by_role("list", name="Échanges")
    expect(fil).to_contain_text("Appel")
    expect(fil).to_contain_text("veut être rappelé")
    expect(fil).to_contain_text(demande["numero"])
    expect(manon.get_by_role("list", name="Derniers échanges")).to_contain_text("veut être rappelé")
    manon.goto("/notifications")
    expect(manon.locator("main")).to_contain_text("vous cite sur Scierie des Bauges")
    produit.creer("manon", f"/demandes/demandes/{demande['id']}/notes", {"texte": "Rappelé, visite mardi"})
    expect(fil).to_contain_text("Rappelé, visite mardi")


def test_les_fichiers_d_un_contact_suivent_ses_demandes_et_ses_etudes(asseoir: Asseoir, produit: Produit) -> None:
    tiers, demande = _demande(produit, "Fromagerie du Semnoz")
    etude = bientot(lambda: dict(produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]})))
    claire, manon = asseoir("claire"), asseoir("manon")
    claire.goto(f"/contacts/{tiers['id']}/fichiers")
    expect(claire.locator("[data-direct]")).to_have_attribute("data-etat", "direct")
    expect(claire.locator("#fichiers")).to_contain_text("Aucun fichier")
    for url, nom in ((f"/devis/etudes/{etude['id']}", "plan.png"), (f"/demandes/{demande['id']}", "façade.png")):
        manon.goto(url)
        poser(manon, "deposer", (nom, "image/png", PNG + base64.b64encode(nom.encode())))
        expect(claire.locator("#fichiers")).to_contain_text(nom)
