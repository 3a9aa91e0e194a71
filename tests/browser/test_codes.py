"""A code read by the camera of the phone, in the forms where an object is named."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import CHROMIUM, Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_achats import CAMERA, filmer
from tests.browser.test_ecrans import ouvrir
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def catalogue(produit: Produit) -> Catalogue:
    return creer_catalogue(produit)


@pytest.fixture(scope="module")
def chromium(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose camera films the serial number of an object."""
    video = filmer(f"SAV-{catalogue.suffixe}", tmp_path_factory.mktemp("film") / "serie.y4m")
    with sync_playwright() as playwright:
        arguments = [*CHROMIUM, *CAMERA, f"--use-file-for-fake-video-capture={video}"]
        navigateur = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield navigateur
        navigateur.close()


def test_la_piece_utilisee_se_lit_avec_l_appareil_photo(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    serie = f"SAV-{catalogue.suffixe}"
    (depot,) = [d for d in produit.lire("sonia", "/inventory/depots") if d["code"] == "ANN"]
    entree = {"produit_id": catalogue.camera["id"], "depot_id": depot["id"], "quantite": "1", "motif": "Inventaire"}
    produit.creer("sonia", "/inventory/entrees", {**entree, "numeros_serie": [serie]})
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": f"Cave {catalogue.suffixe}", "roles": ["client"], "adresses": [ANNECY]}
    )
    demande = ouvrir(produit, tiers["id"], "Caméra en panne")
    bientot(lambda: produit.lire("nicolas", f"/inventory/demandes/{demande['id']}/consommations") is not None)

    page = asseoir("nicolas", largeur=390, tactile=True)
    page.goto(f"/demandes/{demande['id']}/pieces")
    champ = page.get_by_label("Pièce", exact=True)
    appareil = page.get_by_role("button", name="Pièce : utiliser l’appareil photo")
    appareil.tap()
    expect(champ).to_have_value(serie)
    expect(page.locator("video")).to_be_hidden()
    assert page.locator("video").evaluate("v => v.srcObject === null"), "the camera is off once the code is read"
    page.get_by_role("button", name="Pièce utilisée").tap()
    expect(page.locator("body")).to_contain_text("Pièce notée")
    (utilisee,) = produit.lire("nicolas", f"/inventory/demandes/{demande['id']}/consommations")["elements"]
    assert utilisee["numero_serie"] == serie
    page.goto(f"/demandes/{demande['id']}/pieces")
    expect(page.locator("body")).to_contain_text(f"N° {serie}")
    expect(page.get_by_text("À facturer, prix à donner")).to_be_visible()

    donner_un_prix(produit, asseoir, demande["id"])
    page.goto(f"/atelier/objets/{utilisee['historique_id']}/echange")
    page.get_by_role("button", name="Objet qui prend sa place : utiliser l’appareil photo").tap()
    expect(page.get_by_role("textbox", name="Objet qui prend sa place")).to_have_value(serie)


def donner_un_prix(produit: Produit, asseoir: Asseoir, demande_id: str) -> None:
    """Nobody priced the part: the invoice waits until somebody says how much, or that it is given."""

    def l_affaire() -> str:
        lues = produit.lire("celine", "/billing/affaires-client", demande_id=demande_id)["elements"]
        return str(lues[0]["id"]) if lues else ""

    url = f"/administratif/a-facturer/{bientot(l_affaire)}"
    page = asseoir("celine", tolere=(409,))
    page.goto("/administratif/a-facturer")
    expect(page.locator("main").get_by_text("Prix à donner").first).to_be_visible()
    page.goto(url)
    prix = page.get_by_label("Prix HT, ligne 1")
    expect(prix).to_have_attribute("placeholder", "À donner")
    expect(prix).to_have_value("")
    page.get_by_role("button", name="Émettre la facture").click()
    page.locator("#confirmation").get_by_role("button", name="Émettre la facture").click()
    expect(page.locator(".toast-danger")).to_contain_text("n’a pas de prix : donnez-le, ou cochez « Offert »")
    enregistrer = page.get_by_role("button", name="Enregistrer les corrections")
    enregistrer.click()
    expect(page.locator(".toast").last).to_contain_text("Affaire enregistrée")
    expect(page.locator("main")).to_contain_text("La facture ne part pas")
    page.get_by_label("Offert").check()
    enregistrer.click()
    expect(page.get_by_label("Offert")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("La facture ne part pas")


def test_l_appareil_photo_s_eteint_quand_on_change_d_avis(asseoir: Asseoir, catalogue: Catalogue) -> None:
    page = asseoir("karim", largeur=390, tactile=True)
    page.goto("/atelier/retours/nouveau")
    refuser = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.evaluate(f"() => {{ {refuser}; }}")
    appareil = page.get_by_role("button", name="Objet : utiliser l’appareil photo")
    appareil.tap()
    expect(page.locator(".toast-danger")).to_contain_text("L’appareil photo est refusé")
    expect(page.locator("video")).to_be_hidden()
    expect(appareil).to_have_attribute("aria-pressed", "false")
    page.get_by_role("textbox", name="Objet").fill(f"SAV-{catalogue.suffixe}")
