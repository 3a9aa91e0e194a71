"""What a tiers becomes and owes: a prospect turned into a client, coded addresses on an affaire, the credit limit."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.projet import facturer, signer_un_service
from tests.builders.adresses import ANNECY

Json = dict[str, Any]


def _nom(debut: str) -> str:
    return f"{debut} {str(new_id())[-6:].upper()}"


def _creer(produit: Produit, nom: str, **champs: Any) -> Json:
    tiers: Json = produit.creer(
        "claire", "/contacts/tiers", {"nom": nom, "email": "a@exemple.fr", "adresses": [ANNECY], **champs}
    )
    return tiers


def _devis(produit: Produit, tiers: Json, prix: str) -> Json:
    """A proposition of one service, not signed."""
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Câblage du hall"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    etude = bientot(lambda: dict(produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]})))
    proposition: Json = etude["propositions"][0]
    ligne = {"designation": "Câblage", "prix_fixe_ht": prix, "nature": "service"}
    chemin = f"/commercial/propositions/{proposition['id']}"
    bientot(lambda: produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": [ligne]}))
    return {**proposition, "demande_id": demande["id"]}


@pytest.mark.feature("CT-11")
def test_un_prospect_devient_client_et_garde_son_opportunite_et_son_devis(asseoir: Asseoir, produit: Produit) -> None:
    nom = _nom("Scierie du Semnoz")
    prospect = _creer(produit, nom, roles=["prospect"])
    devis = _devis(produit, prospect, "800")
    ouverte = {"libelle": "Câblage du hall", "tiers_id": prospect["id"], "etat": "opportunite"}
    opportunite: Json = bientot(lambda: dict(produit.creer("manon", "/commercial/affaires", ouverte)))
    page = asseoir("manon")
    page.goto(f"/contacts/{prospect['id']}")
    expect(page.locator(".fil")).to_contain_text(prospect["code"])
    assert prospect["code"].startswith("P")
    page.get_by_role("button", name="Transformer en client").click()
    expect(page.locator(".tete")).to_contain_text("Client")
    expect(page.get_by_role("button", name="Transformer en client")).to_have_count(0)
    code = produit.lire("claire", f"/contacts/tiers/{prospect['id']}")["code"]
    assert code.startswith("C")
    expect(page.locator(".fil")).to_contain_text(code)
    expect(page.locator("main")).to_contain_text(devis["numero"])
    page.goto(f"/devis/affaires/{opportunite['id']}")
    expect(page.locator("main")).to_contain_text(nom)
    client = _creer(produit, _nom("Client"), roles=["client"])
    page.goto(f"/contacts/{client['id']}")
    expect(page.get_by_role("button", name="Transformer en client")).to_have_count(0)


@pytest.mark.feature("CT-12")
def test_les_adresses_codees_d_un_tiers_se_choisissent_sur_une_affaire(asseoir: Asseoir, produit: Produit) -> None:
    tiers = _creer(produit, _nom("Promotion Alpine"), roles=["client"])
    page = asseoir("manon")
    page.goto(f"/contacts/{tiers['id']}/modifier")
    _adresse(page, "SIEGE", "1 place Bellecour", "69002", "Lyon")
    page.get_by_role("button", name="Ajouter une adresse").click()
    expect(page.locator("[data-rangee=adresse]")).to_have_count(2)
    _adresse(page, "CHANTIER", "9 route du Col", "74230", "Thônes")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/contacts/{tiers['id']}")
    bientot(lambda: len(produit.lire("manon", f"/commercial/tiers/{tiers['id']}")["adresses"]) == 2)
    page.goto("/devis/affaires/nouvelle")
    page.locator("[name=libelle]").fill("Résidence des Aravis")
    page.get_by_role("combobox", name="Client ou prospect").fill(tiers["nom"])
    page.locator(".combo-option").first.click()
    choix = page.get_by_label("Code adresse")
    expect(choix.locator("option")).to_have_text(["Celle du client", "SIEGE, 69002 Lyon", "CHANTIER, 74230 Thônes"])
    choix.select_option(label="CHANTIER, 74230 Thônes")
    page.get_by_role("button", name="Créer l’affaire").click()
    page.wait_for_url(re.compile(r"/devis/affaires/[0-9a-f-]{36}$"))
    expect(page.locator(".definitions").first).to_contain_text("CHANTIER · 9 route du Col, 74230 Thônes")
    page.get_by_role("link", name="Modifier").click()
    expect(page.get_by_label("Code adresse")).to_have_value("CHANTIER")


def _adresse(page: Page, code: str, ligne: str, code_postal: str, ville: str) -> None:
    """Fill the last address of the form."""
    rangee = page.locator("[data-rangee=adresse]").last
    rangee.locator("[name=adresse]").fill(ligne)
    rangee.get_by_label("Code postal").fill(code_postal)
    rangee.get_by_label("Ville").fill(ville)
    rangee.get_by_label("Code de l’adresse").fill(code)


@pytest.mark.feature("CT-17")
def test_le_plafond_d_encours_depasse_se_voit_et_retient_le_devis_suivant(asseoir: Asseoir, produit: Produit) -> None:
    siege = {"lignes": ["3 rue des Moules"], "code_postal": "74150", "ville": "Rumilly"}
    tiers = _creer(produit, _nom("Plasti-Alpes"), roles=["client"], adresses=[siege])
    page = asseoir("celine")
    page.goto(f"/contacts/{tiers['id']}/modifier")
    page.get_by_label("Plafond d’encours HT").fill("10 000")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/contacts/{tiers['id']}")
    facturer(produit, signer_un_service(produit, tiers, "3000"))
    signer_un_service(produit, tiers, "9000")
    bientot(lambda: produit.lire("celine", f"/contacts/tiers/{tiers['id']}")["encours_ht"] == "12000.00")
    page.reload()
    alerte = page.locator(".alerte").filter(has_text="Plafond dépassé de 2\u202f000,00\u00a0€")
    expect(alerte).to_contain_text("atteint 12\u202f000,00\u00a0€ HT (9\u202f000,00\u00a0€ en cours")
    expect(alerte).to_contain_text("pour un plafond de 10\u202f000,00\u00a0€ HT")

    devis = _devis(produit, tiers, "500")
    manon = asseoir("manon", tolere=(409,))
    manon.goto(f"/devis/propositions/{devis['id']}")
    dit = "porté à 12\u202f500,00\u00a0€ HT par ce devis (plafond 10\u202f000,00\u00a0€ HT)"
    averti = manon.locator(".alerte").filter(has_text="Plafond d’encours dépassé")
    expect(averti).to_contain_text(dit)
    direction = asseoir("helene")
    direction.goto("/devis/seuils")
    regle = direction.get_by_label("Faire approuver au-delà du plafond d’encours du client")
    regle.check()
    direction.locator("#seuils-societe [type=submit]").click()
    expect(direction.locator(".toast")).to_contain_text("Limites enregistrées")
    try:
        manon.reload()
        expect(manon.locator(".alerte").filter(has_text="À faire approuver")).to_contain_text(dit)
        expect(manon.get_by_role("link", name="Demander l’approbation")).to_be_visible()
        refus = produit._client("manon").post(
            f"/api/commercial/propositions/{devis['id']}/valider", json={"signe_par": "M. Roche"}
        )
        assert (refus.status_code, refus.json()["code"]) == (409, "approbation_requise")
    finally:
        direction.goto("/devis/seuils")
        direction.get_by_label("Faire approuver au-delà du plafond d’encours du client").uncheck()
        direction.locator("#seuils-societe [type=submit]").click()
        expect(direction.locator(".toast")).to_contain_text("Limites enregistrées")
