"""A technician's phone in front of a label: its address, then the camera of the scanner, open the object's page."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import CHROMIUM, Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_ecrans import ouvrir
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import SECRET
from tests.journeys.etapes import AUJOURD_HUI
from tests.shared.documents.lecture import images

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(400)]
DEUX_SECONDES = 2.0
IP = "192.168.44.7"
VIDEO = (640, 480)


@dataclass(frozen=True, slots=True)
class Pose:
    """A camera installed at a client's, configured, under contract; its label as printed."""

    client: str
    designation: str
    serie: str
    contrat: str
    adresse: str  # what the QR of the printed label says
    image: Path


@pytest.fixture(scope="module")
def pose(produit: Produit, tmp_path_factory: pytest.TempPathFactory) -> Pose:
    """Sold from the stock, prepared, installed, put under contract: everything through the API."""
    catalogue = creer_catalogue(produit)
    suffixe = catalogue.suffixe
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": f"Mairie de Thônes {suffixe}", "roles": ["client"], "adresses": [ANNECY]}
    )
    (depot,) = [d for d in produit.lire("sonia", "/inventory/depots") if d["code"] == "ANN"]
    entree = {"produit_id": catalogue.camera["id"], "depot_id": depot["id"], "quantite": "1", "motif": "Inventaire"}
    produit.creer("sonia", "/inventory/entrees", {**entree, "numeros_serie": [f"SN-{suffixe}"]})
    demande = ouvrir(produit, tiers["id"], "Caméra du parvis")
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    proposition = f"/commercial/propositions/{etude['propositions'][0]['id']}"
    caches = [{"produit_id": catalogue.camera["id"], "quantite": "1"}]
    ligne = {"designation": "Caméra posée", "quantite": "1", "prix_fixe_ht": "500", "produits": caches}
    bientot(lambda: produit.api("manon", "PUT", f"{proposition}/lignes", {"lignes": [ligne]}))
    produit.creer("manon", f"{proposition}/valider", {"signe_par": "M. Gay"})
    code = _preparer(produit, demande["id"], suffixe)
    equipements = bientot(lambda: produit.lire("celine", "/maintenance/equipements", tiers_id=tiers["id"])["elements"])
    contrat = produit.creer(
        "celine",
        "/maintenance/contrats",
        {
            "tiers_id": tiers["id"],
            "objet": "Maintenance vidéo",
            "debut": AUJOURD_HUI.replace(day=1).isoformat(),
            "periodicite_mois": 12,
            "lignes": [
                {"designation": "Forfait", "montant_ht": "45", "equipement_ids": [e["id"] for e in equipements]}
            ],
        },
    )
    produit.creer("celine", f"/maintenance/contrats/{contrat['id']}/activer")
    image, adresse = _imprimer(produit, code[0], tmp_path_factory.mktemp("etiquette"))
    assert adresse.endswith(f"/e/{code[1]}")
    designation = catalogue.camera["designation"]
    return Pose(tiers["nom"], designation, f"SN-{suffixe}", contrat["numero"], adresse, image)


def _preparer(produit: Produit, demande_id: str, suffixe: str) -> tuple[str, str]:
    """The camera taken from the stock, configured, labelled, its sheet validated; the batch and code of its label."""
    (feuille,) = bientot(lambda: produit.lire("karim", "/inventory/feuilles", demande_id=demande_id)["elements"])
    produit.creer("karim", f"/inventory/feuilles/{feuille['id']}/prelever-reserve")
    (objet,) = produit.lire("karim", "/inventory/recherche-objet", code=f"SN-{suffixe}")
    lot = produit.creer("karim", "/inventory/etiquettes/generer", {"nombre": 1})
    chemin = f"/inventory/historiques/{objet['id']}"
    produit.api("karim", "PUT", f"{chemin}/configuration", {"valeurs": {"ip": IP}})
    produit.api("karim", "PUT", f"{chemin}/actions/firmware", {"est_faite": True})
    produit.creer("karim", f"{chemin}/etiquette", {"code": lot["codes"][0]})
    for verbe in ("cloturer", "valider"):
        bientot(partial(_agir, produit, f"/inventory/feuilles/{feuille['id']}/{verbe}"))
    return lot["id"], lot["codes"][0]


def _agir(produit: Produit, chemin: str) -> bool:
    produit.creer("nicolas", chemin)
    return True


def _imprimer(produit: Produit, lot_id: str, dossier: Path) -> tuple[Path, str]:
    """The label cut out of the printed sheet, and the address its QR says."""
    pdf = produit._client("karim").get(f"/api/inventory/etiquettes/lots/{lot_id}/planche")
    assert pdf.status_code == 200, pdf.text
    (page,) = images(pdf.content, dossier, 200)
    with Image.open(page) as feuille:
        (lu,) = zxingcpp.read_barcodes(feuille)
        coin, bord = lu.position.top_left, lu.position.bottom_right
        marge = (bord.x - coin.x) // 4
        etiquette = feuille.crop((coin.x - marge, coin.y - marge, bord.x + marge, bord.y + marge)).convert("L")
    image = dossier / "etiquette.png"
    etiquette.save(image)
    return image, lu.text


def verifier_fiche(page: Page, pose: Pose) -> None:
    """Client, contract, configuration, history: what the office sees too."""
    expect(page.locator("h1")).to_contain_text(pose.designation)
    zone = page.locator("main")
    for attendu in (pose.client, f"Sous contrat {pose.contrat}", IP, pose.serie, "Vie de l’objet"):
        expect(zone).to_contain_text(attendu)
    assert page.locator(".chrono-fait").count() >= 3, "la vie de l’objet est racontée"
    largeur = page.evaluate("document.documentElement.scrollWidth")
    assert largeur <= 390, f"la fiche déborde du téléphone : {largeur} px"


@pytest.mark.feature("GW-11")
def test_l_adresse_de_l_etiquette_ouvre_la_fiche_apres_connexion(
    produit: Produit, chromium: Browser, asseoir: Asseoir, pose: Pose
) -> None:
    contexte = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="fr-FR")
    telephone = contexte.new_page()
    telephone.set_default_timeout(45_000)
    assert pose.adresse.startswith(produit.adresse)
    telephone.goto(pose.adresse)  # what the phone's own camera does
    expect(telephone.locator("h1")).to_have_text("Un problème avec ce matériel ?")
    assert pose.client not in telephone.content(), "un passant n’apprend rien"
    telephone.get_by_role("link", name="Je suis technicien").tap()
    telephone.get_by_label("Identifiant").first.fill("nicolas")
    telephone.get_by_label("Mot de passe").first.fill(SECRET)
    telephone.get_by_role("button", name="Se connecter").tap()
    telephone.wait_for_url("**/parc/equipements/*")
    verifier_fiche(telephone, pose)
    durees = []
    for _ in range(3):  # the best of three: the machine may be busy with other tests
        telephone.goto("about:blank")
        debut = time.monotonic()
        telephone.goto(pose.adresse, wait_until="commit")
        telephone.locator("h1").filter(has_text=pose.designation).wait_for()
        durees.append(time.monotonic() - debut)
    assert min(durees) < DEUX_SECONDES, durees
    meme = telephone.url
    contexte.close()
    bureau = asseoir("helene")
    bureau.goto(meme)
    for attendu in (pose.client, pose.contrat, IP, pose.serie):
        expect(bureau.locator("main")).to_contain_text(attendu)


@pytest.mark.feature("IN-31")
def test_le_parc_montre_l_objet_valide_avec_sa_configuration_et_son_qr(
    produit: Produit, asseoir: Asseoir, pose: Pose, tmp_path: Path
) -> None:
    code = pose.adresse.rpartition("/")[2]
    page = asseoir("celine", sombre=True)
    (client,) = produit.lire("celine", "/contacts/tiers", q=pose.client)["elements"]
    page.goto(f"/parc/{client['id']}")
    rangee = page.locator("main tr").filter(has_text=pose.serie)
    expect(rangee).to_contain_text(code)
    rangee.get_by_role("link").first.click()
    page.wait_for_url("**/parc/equipements/*")
    expect(page.locator(".pc-valeurs")).to_contain_text(IP)
    image = tmp_path / "qr.png"
    page.get_by_role("img", name=f"QR code de l’étiquette {code}").screenshot(path=image)
    with Image.open(image) as vue:
        (lu,) = zxingcpp.read_barcodes(vue)
    assert lu.text == pose.adresse


def filmer(image: Path, video: Path) -> None:
    """Ten seconds of the label in front of a camera, as raw grey frames that Chromium plays instead of its own."""
    largeur, hauteur = VIDEO
    with Image.open(image) as etiquette:
        cote = 380
        vue = Image.new("L", VIDEO, 200)
        vue.paste(etiquette.resize((cote, cote)), ((largeur - cote) // 2, (hauteur - cote) // 2))
    cadre = b"FRAME\n" + vue.tobytes() + bytes([128]) * (largeur * hauteur // 2)
    video.write_bytes(f"YUV4MPEG2 W{largeur} H{hauteur} F10:1 Ip A1:1 C420jpeg\n".encode() + cadre * 20)


@pytest.fixture
def avec_camera(chromium: Browser, pose: Pose, tmp_path: Path) -> Iterator[Browser]:
    """A Chromium whose camera sees the label."""
    video = tmp_path / "camera.y4m"
    filmer(pose.image, video)
    faux = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    options = [*CHROMIUM, *faux, f"--use-file-for-fake-video-capture={video}"]
    navigateur = chromium.browser_type.launch(executable_path="/usr/bin/chromium", args=options)
    yield navigateur
    navigateur.close()


@pytest.mark.feature("GW-11")
def test_l_appareil_photo_du_scanner_lit_l_etiquette(produit: Produit, avec_camera: Browser, pose: Pose) -> None:
    contexte = avec_camera.new_context(
        base_url=produit.adresse, viewport={"width": 390, "height": 844}, has_touch=True, permissions=["camera"]
    )
    telephone = contexte.new_page()
    telephone.set_default_timeout(90_000)
    telephone.goto("/connexion?suite=/m/scanner")
    telephone.get_by_label("Identifiant").first.fill("nicolas")
    telephone.get_by_label("Mot de passe").first.fill(SECRET)
    telephone.get_by_role("button", name="Se connecter").tap()
    telephone.wait_for_url(f"{produit.adresse}/m/scanner")  # not the page of the login, whose address ends the same
    telephone.locator("[data-scan-camera]").tap()
    expect(telephone.locator("[data-scan-video]")).to_be_visible()
    telephone.wait_for_url("**/parc/equipements/*")
    verifier_fiche(telephone, pose)
    contexte.close()
