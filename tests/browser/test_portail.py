"""The client's page in a real browser: the link of the mail, a drawn signature, the sealed PDF that comes of it."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from shared.kernel.ids import new_id
from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY
from tests.shared.documents.lecture import CachetLu, lire_cachet

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def envoyer(produit: Produit) -> tuple[dict[str, Any], str]:
    """A devis mailed to a new client; the proposition and its link."""
    catalogue = creer_catalogue(produit)
    adresse = f"client-{new_id().hex[-8:]}@exemple.fr"
    tiers = produit.creer(
        "claire",
        "/contacts/tiers",
        {"nom": "Garage Morel", "roles": ["client"], "adresses": [ANNECY], "email": adresse},
    )
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Standard téléphonique"}
    demande = bientot(lambda: produit.creer("claire", "/demandes/demandes", corps))
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    proposition = etude["propositions"][0]
    ligne = {
        "designation": "Poste IP, pose comprise",
        "quantite": "10",
        "cout_ht": "120",
        "marge": "50",
        "produits": [{"produit_id": catalogue.camera["id"], "note": "Réserver la V2"}],
    }
    option = {
        "designation": "Casque sans fil",
        "cout_ht": "50",
        "marge": "50",
        "est_option": True,
        "est_retenue": False,
    }
    chemin = f"/commercial/propositions/{proposition['id']}"
    bientot(lambda: produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": [ligne, option]}))
    mail = {"destinataires": [adresse], "sujet": "Votre devis", "message": "Bonjour,\n\nVoici."}
    produit.api("manon", "POST", f"{chemin}/envoyer", mail)
    bientot(lambda: produit.lire("manon", chemin)["statut"] == "envoye")
    return produit.lire("manon", chemin), adresse


def lien_recu(page: Page, adresse: str) -> str:
    """The link in the mail, as the local mailbox shows it."""
    page.goto("/boite")
    page.locator("main table tr").filter(has_text=adresse).get_by_role("link").first.click()
    corps = page.locator("main").inner_text() + page.content()
    trouve = re.search(r"/portail/devis/[\w-]{40,}", corps)
    assert trouve is not None
    return trouve.group()


def signer(page: Page) -> None:
    """Two strokes with the mouse."""
    cadre = page.locator("[data-cadre]").bounding_box()
    assert cadre is not None
    for debut, fin in ((0.2, 0.5), (0.55, 0.85)):
        page.mouse.move(cadre["x"] + cadre["width"] * debut, cadre["y"] + cadre["height"] * 0.7)
        page.mouse.down()
        page.mouse.move(cadre["x"] + cadre["width"] * fin, cadre["y"] + cadre["height"] * 0.2, steps=8)
        page.mouse.up()


@pytest.mark.feature("CO-19")
def test_le_client_signe_en_ligne(produit: Produit, asseoir: Asseoir, chromium: Browser) -> None:
    proposition, adresse = envoyer(produit)
    manon = asseoir("manon")
    lien = lien_recu(manon, adresse)
    contexte = chromium.new_context(base_url=produit.adresse, viewport={"width": 390, "height": 844}, locale="fr-FR")
    client = contexte.new_page()
    client.goto(lien)
    expect(client.get_by_role("heading", level=1)).to_have_text(f"Devis {proposition['numero']}")
    expect(client.locator("main")).to_contain_text("Poste IP, pose comprise")
    expect(client.locator("#accord-montant")).to_contain_text("2\u202f160,00\u00a0€")
    depasse = client.locator(".table-defile").evaluate("cadre => cadre.scrollWidth - cadre.clientWidth")
    assert depasse <= 0, "amounts are read without sliding the table, on a phone too"
    client.get_by_label("Casque sans fil").check()
    expect(client.locator("#accord-montant")).to_contain_text("2\u202f250,00\u00a0€")
    client.get_by_label("Votre nom").first.fill("Paul Morel")
    client.get_by_label("Votre qualité").fill("Gérant")
    client.locator("[data-cadre]").scroll_into_view_if_needed()
    signer(client)
    client.get_by_role("button", name="Effacer").click()
    expect(client.locator("input[name=trace]")).to_have_value("")
    signer(client)
    expect(client.locator("input[name=trace]")).to_have_value(re.compile(r"^M\d+ \d+(L\d+ \d+)+M\d+ \d+(L\d+ \d+)+$"))
    client.get_by_label("Bon pour accord").check()
    client.get_by_role("button", name="Accepter le devis").click()
    expect(client.locator("main")).to_contain_text("Accepté par Paul Morel")

    chemin = f"/commercial/propositions/{proposition['id']}"
    signature = bientot(lambda: _scellee(produit, chemin))
    lue = produit.lire("manon", chemin)
    assert (lue["statut"], lue["totaux"]["total_ttc"]) == ("valide", "2250.00")
    assert (signature["nom"], signature["mode"], signature["adresse_ip"]) == ("Paul Morel", "en_ligne", "127.0.0.1")
    client.reload()
    signe = client.get_by_role("link", name="Télécharger le devis signé").get_attribute("href")
    recu = httpx.get(f"{produit.adresse}{lien}/document").content
    scelle = httpx.get(f"{produit.adresse}{signe}").content
    contexte.close()
    assert scelle[: len(recu)] == recu
    assert lire_cachet(scelle) == CachetLu("Alpes Réseaux", est_intact=True, couvre_tout=True)
    manon.goto(f"/devis/propositions/{proposition['id']}")
    expect(manon.locator("main")).to_contain_text("Signé par Paul Morel")
    bientot(lambda: _avisee(produit, chemin))


def _scellee(produit: Produit, chemin: str) -> dict[str, Any]:
    signature: dict[str, Any] = produit.lire("manon", f"{chemin}/signature")
    assert signature["document_signe_sha256"]
    return signature


def _avisee(produit: Produit, chemin: str) -> bool:
    (reponse,) = produit.lire("manon", f"{chemin}/reponses")
    return bool(reponse["avise_le"] and not reponse["erreur"])
