"""The worksheet under a mouse, a keyboard and a finger."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_ecrans import ouvrir
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class Preparation:
    """A feuille with two cameras and some cable taken from stock."""

    catalogue: Catalogue
    feuille_id: str

    @property
    def url(self) -> str:
        """Its page."""
        return f"/atelier/feuilles/{self.feuille_id}"


@pytest.fixture(scope="module")
def preparation(produit: Produit) -> Preparation:
    """Everything is in stock: the devis is signed and its reserve brought to the feuille."""
    catalogue = creer_catalogue(produit)
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": f"Gîte {catalogue.suffixe}", "roles": ["client"], "adresses": [ANNECY]}
    )
    (depot,) = [d for d in produit.lire("sonia", "/inventory/depots") if d["code"] == "ANN"]
    camera, cable = catalogue.camera["id"], catalogue.cable["id"]
    for produit_id, quantite, series in ((camera, "2", ["A", "B"]), (cable, "50", [])):
        entree = {"produit_id": produit_id, "depot_id": depot["id"], "quantite": quantite, "motif": "Inventaire"}
        numeros = [f"{catalogue.suffixe}-{s}" for s in series]
        produit.creer("sonia", "/inventory/entrees", {**entree, "numeros_serie": numeros})
    demande = ouvrir(produit, tiers["id"], "Caméras du gîte")
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    proposition = etude["propositions"][0]["id"]
    caches = [{"produit_id": camera, "quantite": "2"}, {"produit_id": cable, "quantite": "50"}]
    ligne = {"designation": "Vidéo posée", "quantite": "1", "prix_fixe_ht": "500", "produits": caches}
    bientot(lambda: produit.api("manon", "PUT", f"/commercial/propositions/{proposition}/lignes", {"lignes": [ligne]}))
    produit.creer("manon", f"/commercial/propositions/{proposition}/valider", {"signe_par": "M. Gay"})
    tetes = bientot(lambda: produit.lire("karim", "/inventory/feuilles", demande_id=demande["id"])["elements"])
    produit.creer("karim", f"/inventory/feuilles/{tetes[0]['id']}/prelever-reserve")
    return Preparation(catalogue, tetes[0]["id"])


def camera(page: Page, preparation: Preparation, rang: str) -> None:
    """Close the window of one of the cameras, checked to be its own."""
    fenetre = page.locator("dialog[open]")
    expect(fenetre).to_contain_text(f"{preparation.catalogue.suffixe}-{rang}")
    expect(fenetre.get_by_label("Adresse IP")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.feature("IN-14")
def test_the_window_of_an_object_opens_by_double_click_by_key_and_by_finger(
    preparation: Preparation, asseoir: Asseoir
) -> None:
    suffixe = preparation.catalogue.suffixe
    page = asseoir("karim")
    page.goto(preparation.url)
    premiere = page.locator(".ws-objet.e-a_configurer").filter(has_text=f"{suffixe}-A")
    premiere.click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    premiere.dblclick()
    camera(page, preparation, "A")
    premiere.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    camera(page, preparation, "B")

    telephone = asseoir("nicolas", largeur=390, tactile=True)
    telephone.goto(preparation.url)
    telephone.locator(".ws-objet").filter(has_text=f"{suffixe}-B").tap()
    camera(telephone, preparation, "B")


@pytest.mark.feature("IN-16")
def test_ce_qu_un_collegue_coche_se_voit_sans_recharger(preparation: Preparation, asseoir: Asseoir) -> None:
    suffixe = preparation.catalogue.suffixe
    bureau, telephone = asseoir("karim"), asseoir("nicolas", largeur=390, tactile=True)
    for page in (bureau, telephone):
        page.goto(preparation.url)
    chez_karim = bureau.locator(".ws-objet").filter(has_text=f"{suffixe}-A")
    expect(chez_karim).to_contain_text("0/3")
    telephone.locator(".ws-objet").filter(has_text=f"{suffixe}-A").tap()
    telephone.locator("dialog[open]").get_by_label("Firmware mis à jour").check()
    telephone.locator("dialog[open]").get_by_role("button", name="Enregistrer").tap()
    expect(chez_karim).to_contain_text("1/3")
    chez_karim.dblclick()
    expect(bureau.locator("dialog[open]")).to_contain_text("Nicolas")


def test_la_seconde_camera_reprend_la_configuration_de_la_premiere(
    produit: Produit, preparation: Preparation, asseoir: Asseoir
) -> None:
    suffixe = preparation.catalogue.suffixe
    premiere, seconde = (
        produit.lire("karim", "/inventory/historiques", q=f"{suffixe}-{rang}")["elements"][0] for rang in "AB"
    )
    chemin = f"/inventory/historiques/{premiere['id']}/configuration"
    produit.api("karim", "PUT", chemin, {"valeurs": {"ip": "VLAN 20"}})
    page = asseoir("karim")
    page.goto(preparation.url)
    page.locator(".ws-objet").filter(has_text=f"{suffixe}-B").dblclick()
    fenetre = page.locator("dialog[open]")
    fenetre.get_by_label("Firmware mis à jour").check()
    fenetre.get_by_role("button", name=f"Reprendre la configuration de n° {suffixe}-A").click()
    expect(fenetre.get_by_label("Adresse IP")).to_have_value("VLAN 20")
    expect(fenetre).to_contain_text("1 valeur reprise")
    expect(fenetre.get_by_label("Firmware mis à jour")).to_be_checked()
    fenetre.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    fiche = produit.lire("karim", f"/inventory/historiques/{seconde['id']}")
    assert [(c["valeur"], c["par_nom"]) for c in fiche["configuration"]] == [("VLAN 20", "Karim")]
    produit.api(
        "karim",
        "PUT",
        f"/inventory/historiques/{seconde['id']}/preparation",
        {"valeurs": {"ip": ""}, "actions": {"firmware": False}},
    )


def test_le_client_signe_la_reception_sur_le_telephone(
    produit: Produit, asseoir: Asseoir, preparation: Preparation
) -> None:
    page = asseoir("karim", largeur=390)
    page.goto(f"{preparation.url}/pv")
    expect(page.get_by_text(f"{preparation.catalogue.suffixe}-A")).to_be_visible()
    page.get_by_label("Nom du signataire").fill("Mme Gay")
    cadre = page.locator("[data-cadre]")
    cadre.scroll_into_view_if_needed()
    ou = cadre.bounding_box()
    assert ou is not None
    page.mouse.move(ou["x"] + 30, ou["y"] + 30)
    page.mouse.down()
    for pas in range(1, 6):
        page.mouse.move(ou["x"] + 30 + 20 * pas, ou["y"] + 30 + (15 if pas % 2 else 0))
    page.mouse.up()
    page.get_by_role("button", name="Signer la réception").click()
    expect(page).to_have_url(f"{produit.adresse}{preparation.url}")
    (pv,) = produit.lire("karim", "/inventory/pv-reception", feuille_id=preparation.feuille_id)["elements"]
    signe = produit.lire("karim", f"/inventory/pv-reception/{pv['id']}")
    assert (signe["signe_par"], signe["reserves"]) == ("Mme Gay", "")
    bientot(lambda: produit.lire("karim", f"/inventory/pv-reception/{pv['id']}")["document_sha256"] is not None)


@pytest.mark.feature("IN-05")
def test_l_operation_qui_demande_une_photo_se_coche_une_fois_la_photo_prise(
    produit: Produit, asseoir: Asseoir, preparation: Preparation, tmp_path: Path
) -> None:
    type_id = preparation.catalogue.camera["type_id"]
    connu = produit.lire("admin", f"/inventory/types-produit/{type_id}")
    demande = {"cle": "fixation", "libelle": "Fixation au mur", "photo": "requise"}
    saisie = {
        nom: connu[nom] for nom in ("code", "libelle", "icone", "champs", "etiquette_requise", "est_visible_parc")
    }
    produit.api("admin", "PUT", f"/inventory/types-produit/{type_id}", {**saisie, "actions": [demande]})
    prise = tmp_path / "image.jpg"
    bruit = Image.effect_noise((3200, 2400), 90).convert("RGB")
    bruit.save(prise, "JPEG", quality=92)
    assert prise.stat().st_size > 1_500_000

    page = asseoir("nicolas", largeur=390, tactile=True, tolere=(422,))
    page.goto(preparation.url)
    page.locator(".ws-objet").filter(has_text=f"{preparation.catalogue.suffixe}-B").tap()
    fenetre = page.locator("dialog[open]")
    fenetre.get_by_label("Adresse IP").fill("10.0.0.8")
    case = fenetre.get_by_label("Fixation au mur", exact=True)
    case.check()
    fenetre.get_by_role("button", name="Enregistrer").click()
    expect(fenetre).to_contain_text("« Fixation au mur » demande une photo")
    expect(case).to_be_checked()
    expect(fenetre.get_by_label("Adresse IP")).to_have_value("10.0.0.8")

    champ = fenetre.get_by_label("Photo : Fixation au mur")
    assert champ.get_attribute("capture") == "environment"
    champ.set_input_files(prise)
    vignette = fenetre.get_by_role("button", name="Agrandir Fixation au mur.jpg")
    expect(vignette).to_be_visible()
    expect(case).to_be_checked()
    expect(fenetre.get_by_label("Adresse IP")).to_have_value("10.0.0.8")
    vignette.tap()
    grande = fenetre.locator(".at-grande:popover-open img")
    expect(grande).to_be_visible()
    largeur = grande.evaluate("async (i) => { await i.decode(); return i.naturalWidth; }")
    assert largeur == 2560, "reduced before it left"
    fenetre.get_by_role("button", name="Fermer", exact=True).last.tap()
    expect(grande).to_be_hidden()
    fenetre.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("dialog[open]")).to_have_count(0)

    objets = produit.lire("karim", "/inventory/historiques", q=f"{preparation.catalogue.suffixe}-B")["elements"]
    fiche = produit.lire("karim", f"/inventory/historiques/{objets[0]['id']}")
    (operation,) = fiche["actions"]
    assert (operation["est_faite"], [p["nom"] for p in operation["photos"]]) == (True, ["Fixation au mur.jpg"])

    def racontee() -> bool:
        fil = produit.lire("karim", f"/inventory/historiques/{objets[0]['id']}/fil")["elements"]
        return any(e["titre"] == "Photo : Fixation au mur" for e in fil)

    bientot(racontee)
    vie = asseoir("karim")
    vie.goto(f"/atelier/objets/{objets[0]['id']}")
    expect(vie.get_by_role("link", name="Photo : Fixation au mur")).to_be_visible()
    expect(vie.get_by_role("button", name="Agrandir Fixation au mur.jpg")).to_be_visible()
