"""What the quote says elsewhere: the demande, the product sheet, the needs of purchasing, the sheet of the workshop."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]
NOTE = "Prévoir l’injecteur PoE, plafond à 4 m"


def ouvrir(produit: Produit) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """A demande with two propositions, each with the same hidden product and its note; the product."""
    camera = creer_catalogue(produit).camera
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": "Hôtel du Parc", "roles": ["client"], "adresses": [ANNECY]}
    )
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Vidéo de l’hôtel"}
    demande = bientot(lambda: produit.creer("claire", "/demandes/demandes", corps))
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    premiere = etude["propositions"][0]
    cache = {"produit_id": camera["id"], "quantite": "2", "note": NOTE}
    ligne = {"designation": "Caméra posée", "quantite": "2", "cout_ht": "112", "marge": "45", "produits": [cache]}
    chemin = f"/commercial/propositions/{premiere['id']}"
    bientot(lambda: produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": [ligne]}))
    seconde = produit.creer("manon", f"{chemin}/dupliquer", {"libelle": "Avec maintenance"})
    return demande, [premiere, seconde], camera


def envoyer(produit: Produit, proposition: dict[str, Any]) -> None:
    """Mail it and wait until it left."""
    chemin = f"/commercial/propositions/{proposition['id']}"
    mail = {"destinataires": ["hotel@exemple.fr"], "sujet": "Votre devis", "message": "Bonjour,\n\nVoici."}
    produit.api("manon", "POST", f"{chemin}/envoyer", mail)
    bientot(lambda: produit.lire("manon", chemin)["statut"] == "envoye")


@pytest.mark.feature("CO-14", "CO-16", "CO-20")
def test_ce_que_le_devis_dit_ailleurs(produit: Produit, asseoir: Asseoir) -> None:
    demande, propositions, camera = ouvrir(produit)
    for proposition in propositions:
        envoyer(produit, proposition)
    bientot(lambda: produit.lire("claire", f"/demandes/demandes/{demande['id']}")["etat_code"] == "attente_client")
    claire = asseoir("claire")
    claire.goto(f"/demandes/{demande['id']}")
    expect(claire.locator(".etapes [aria-current]")).to_contain_text("Attente client")
    for proposition in propositions:
        objet = claire.locator("#objets li").filter(has_text=proposition["numero"])
        expect(objet).to_contain_text("Envoyé")
        expect(objet).to_contain_text(re.compile(r"Aujourd’hui|\d{1,2} \w+|\d{2}/\d{2}/\d{4}"))
        expect(claire.locator("#activite")).to_contain_text(f"Le devis {proposition['numero']} a été envoyé")

    fiche_produit(produit, asseoir, propositions[0], camera)

    chemin = f"/commercial/propositions/{propositions[0]['id']}"
    produit.api("manon", "POST", f"{chemin}/valider", {"signe_par": "Mme Roche"})
    thomas = asseoir("thomas")
    bientot(lambda: produit.lire("thomas", "/purchasing/besoins", demande_id=demande["id"])["elements"])
    thomas.goto(f"/achats/besoins/{camera['id']}?demande_id={demande['id']}")
    expect(thomas.locator("main")).to_contain_text(NOTE)
    karim = asseoir("karim")
    feuille = bientot(lambda: produit.lire("karim", "/inventory/feuilles", q="Hôtel du Parc")["elements"][0])
    karim.goto(f"/atelier/feuilles/{feuille['id']}")
    expect(karim.locator("main")).to_contain_text(NOTE)


def fiche_produit(produit: Produit, asseoir: Asseoir, proposition: dict[str, Any], camera: dict[str, Any]) -> None:
    """The buyer fills the sheet; the salesman opens it from the hidden product, with its document."""
    thomas = asseoir("thomas")
    thomas.goto(f"/catalogue/{camera['id']}/modifier")
    thomas.get_by_label("Données techniques").fill("Alimentation : PoE 802.3af\nObjectif : 2,8 mm")
    thomas.get_by_role("button", name="Enregistrer").click()
    thomas.wait_for_url(f"**/catalogue/{camera['id']}")
    piece = FilePayload(name="Fiche constructeur.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4\nfiche")
    thomas.get_by_label("Ajouter un document").set_input_files(piece)
    thomas.get_by_role("button", name="Joindre").click()
    expect(thomas.get_by_role("link", name="Fiche constructeur.pdf")).to_be_visible()
    manon = asseoir("manon")
    manon.goto(f"/devis/propositions/{proposition['id']}")
    manon.locator(".qg-ligne [data-caches]").first.click()
    manon.locator(".qg-detail").get_by_role("link", name=camera["reference"]).click()
    tiroir = manon.locator("dialog[open]")
    expect(tiroir).to_contain_text("PoE 802.3af")
    expect(tiroir).to_contain_text("2,8 mm")
    lien = tiroir.get_by_role("link", name="Fiche constructeur.pdf").get_attribute("href")
    reponse = manon.context.request.get(str(lien))
    assert (reponse.body(), reponse.headers["content-type"]) == (b"%PDF-1.4\nfiche", "application/pdf")
    assert httpx.get(f"{produit.adresse}{lien}", follow_redirects=False).status_code in (303, 401)
