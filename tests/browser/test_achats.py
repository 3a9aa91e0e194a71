"""Buying and receiving in a real Chromium: needs one after the other, three ways to read a code, a substitute."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from pypdf import PdfReader, PdfWriter

from shared.kernel.ids import new_id
from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import CHROMIUM, Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.projet import Json, besoins, commander, feuille, signer
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
COTE = 480
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")

# A Chromium without a screen has no print window: what would be printed is counted on the page.
SANS_IMPRIMANTE = """window.print = () => {
  const page = top.document.documentElement;
  page.dataset.imprimes = String(Number(page.dataset.imprimes ?? 0) + 1);
}"""


@pytest.fixture(scope="module")
def catalogue(produit: Produit) -> Catalogue:
    return creer_catalogue(produit)


@pytest.fixture(scope="module")
def chromium(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose camera films the code of the camera of the catalogue."""
    video = filmer(catalogue.camera["ean"], tmp_path_factory.mktemp("film") / "code.y4m")
    with sync_playwright() as playwright:
        arguments = [*CHROMIUM, *CAMERA, f"--use-file-for-fake-video-capture={video}"]
        navigateur = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield navigateur
        navigateur.close()


def filmer(code: str, video: Path) -> Path:
    """A still film of a QR code, as a camera sees it: raw luminance, no colour."""
    modules = [[bool(point) for point in rangee] for rangee in segno.make(code, error="m").matrix_iter(border=6)]
    echelle = COTE // len(modules)
    ligne = [[16 if modules[min(y // echelle, len(modules) - 1)][min(x // echelle, len(modules) - 1)] else 235
              for x in range(COTE)] for y in range(COTE)]  # fmt: skip
    image = b"FRAME\n" + b"".join(bytes(rangee) for rangee in ligne) + bytes([128]) * (COTE * COTE // 2)
    video.write_bytes(f"YUV4MPEG2 W{COTE} H{COTE} F10:1 Ip A1:1 C420jpeg\n".encode() + image * 3)
    return video


def des_articles(produit: Produit, nombre: int, reference: str, designation: str) -> list[Json]:
    """So many products, numbered."""
    return [
        produit.creer(
            "thomas",
            "/inventory/produits",
            {"reference": reference.format(rang), "designation": designation.format(rang), "prix_achat_ht": "10"},
        )
        for rang in range(nombre)
    ]


@pytest.mark.feature("PU-12")
def test_trente_produits_a_la_chaine_sans_revenir_a_la_liste(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    suffixe = catalogue.suffixe
    articles = des_articles(produit, 30, f"CH{{:02d}}-{suffixe}", "Module {:02d}")
    demande = signer(produit, f"Lycée {suffixe}", [(article, "2") for article in articles])
    page = asseoir("thomas")
    page.goto(f"/achats?demande_id={demande['id']}")
    titres = page.locator(".bs-produit .lien-ligne").all_inner_texts()
    assert sorted(titres) == [f"Module {rang:02d}" for rang in range(30)]
    titre = page.locator("#detail h2")
    expect(titre).to_have_text(titres[0])
    for suivant in titres[1:]:
        page.keyboard.press("Alt+ArrowDown")
        expect(titre).to_have_text(suivant)
        expect(page.locator("#n-fournisseur")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(titre).to_have_text(titres[-2])
    avant_dernier = next(str(a["id"]) for a in articles if a["designation"] == titres[-2])
    expect(page).to_have_url(f"{produit.adresse}/achats/besoins/{avant_dernier}?demande_id={demande['id']}")
    negocier_au_clavier(page, catalogue)
    page.keyboard.press("Alt+ArrowDown")
    expect(titre).to_have_text(titres[-1])
    negocie = next(b for b in besoins(produit, demande) if b["designation"] == titres[-2])
    assert [(n["quantite"], n["fournisseur_nom"]) for n in negocie["negociations"]] == [
        ("2.000", catalogue.fournisseur["nom"])
    ]


def negocier_au_clavier(page: Page, catalogue: Catalogue) -> None:
    """The supplier found by typing, Enter; the focus is already in its field."""
    expect(page.locator("#n-fournisseur")).to_be_focused()
    page.keyboard.type(catalogue.fournisseur["nom"])
    expect(page.locator(".combo-option").first).to_contain_text(catalogue.fournisseur["nom"])
    page.keyboard.press("Enter")
    page.locator("#n-quantite").press("Enter")
    expect(page.locator("#detail")).to_contain_text("Négociations en cours")


@pytest.mark.feature("PU-04", "PU-12")
@pytest.mark.parametrize("largeur", [1440, 390])
def test_tout_un_projet_se_commande_chez_un_fournisseur_sans_rien_retaper(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, largeur: int
) -> None:
    suffixe = new_id().hex[-6:]
    articles = des_articles(produit, 3, f"LOT{{}}-{suffixe}", f"Lot {{}} {suffixe}")
    demande = signer(produit, f"Collège {suffixe}", [(article, "2") for article in articles])
    page = asseoir("thomas", largeur=largeur)
    page.goto(f"/achats?demande_id={demande['id']}")
    page.get_by_role("link", name="Négocier plusieurs produits").click()
    fournisseur = page.get_by_role("combobox", name="Fournisseur")
    fournisseur.fill(catalogue.fournisseur["nom"])
    page.get_by_role("option", name=catalogue.fournisseur["nom"]).first.click()
    cases = page.get_by_role("checkbox", name="Négocier Lot")
    expect(cases).to_have_count(3)
    assert all(case.is_checked() for case in cases.all()), "nobody knows what this supplier sells: all are proposed"
    for rang in range(2):
        page.get_by_label(f"Prix HT de Lot {rang} {suffixe}").fill("9,50")
    page.get_by_label(f"Quantité de Lot 0 {suffixe}").fill("1")
    cases.nth(2).uncheck()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Négocier et commander").click()
    expect(page.get_by_role("heading", name=f"Commander chez {catalogue.fournisseur['nom']}")).to_be_visible()
    expect(page.locator('input[name="ids"]')).to_have_count(2)
    page.get_by_role("button", name="Passer la commande").click()
    expect(page.locator(".toast").last).to_contain_text("passée")
    parts = {b["designation"]: b["besoins"][0]["en_commande"] for b in besoins(produit, demande)}
    assert parts == {f"Lot 0 {suffixe}": "1.000", f"Lot 1 {suffixe}": "2.000", f"Lot 2 {suffixe}": "0.000"}


def test_au_telephone_les_fournisseurs_a_choisir_tiennent_dans_l_ecran(produit: Produit, asseoir: Asseoir) -> None:
    suffixe = new_id().hex[-6:]
    noms = [
        f"{nom} {suffixe}" for nom in ("Distribution Électrique", "Équipements Sécurité", "Télécommunications", "Rexel")
    ]
    tiers = [
        produit.creer("thomas", "/contacts/tiers", {"nom": nom, "roles": ["fournisseur"], "adresses": [ANNECY]})
        for nom in noms
    ]
    vendu = [{"fournisseur_id": t["id"], "reference": f"R{rang}-{suffixe}"} for rang, t in enumerate(tiers)]
    corps = {"reference": f"VND-{suffixe}", "designation": "Sirène", "prix_achat_ht": "10", "fournisseurs": vendu}
    sirene = bientot(lambda: produit.creer("thomas", "/inventory/produits", corps))
    demande = signer(produit, f"Hôtel {suffixe}", [(sirene, "2")])
    page = asseoir("thomas", largeur=390)
    page.goto(f"/achats/negocier?demande_id={demande['id']}")
    choix = page.get_by_role("group", name="Fournisseurs qui vendent ces produits").get_by_role("link")
    expect(choix).to_have_count(4)
    bords = choix.evaluate_all(
        "l => l.map((e) => Math.max(e.getBoundingClientRect().right, e.lastChild.getBoundingClientRect().right))"
    )
    assert max(bords) <= 390 - 14, bords
    choix.nth(3).click()
    expect(choix.nth(3)).to_have_attribute("aria-current", "true")


@pytest.mark.feature("PU-20")
def test_douchette_appareil_photo_et_clavier_comptent(produit: Produit, asseoir: Asseoir, catalogue: Catalogue) -> None:
    commande = commander(produit, catalogue.fournisseur, [(catalogue.camera, "3"), (catalogue.cable, "50")])
    page = receptionner(asseoir("sonia"), produit, commande)
    lues = page.locator(".scan-liste li")
    page.keyboard.type(catalogue.camera["ean"], delay=2)  # a USB scanner is a keyboard that types fast, then Enter
    page.keyboard.press("Enter")
    expect(lues).to_have_count(1)
    expect(recu(page, catalogue.camera)).to_have_value("1")
    page.locator("[data-scan-camera]").click()
    expect(lues).to_have_count(2)
    page.locator("[data-scan-camera]").click()
    expect(recu(page, catalogue.camera)).to_have_value("2")
    page.locator("[data-scan-champ]").click()
    page.keyboard.type(f"el-{catalogue.suffixe}".lower(), delay=30)
    page.keyboard.press("Enter")
    expect(lues).to_have_count(3)
    expect(recu(page, catalogue.camera)).to_have_value("3")
    recu(page, catalogue.cable).fill("50")
    recu(page, catalogue.cable).press("Enter")
    expect(rangee(page, catalogue.cable)).to_contain_text("Complet")
    expect(rangee(page, catalogue.camera)).to_contain_text("Complet")


def receptionner(page: Page, produit: Produit, commande: Json) -> Page:
    """The scanning screen of an order."""
    page.goto(f"/achats/commandes/{commande['id']}")
    page.locator("main").get_by_text("Réceptionner").first.click()
    page.wait_for_url("**/achats/receptions/*")
    return page


def rangee(page: Page, article: Json) -> Locator:
    """The line of a product in the reception."""
    return page.locator("main table tr.rc-ligne").filter(has_text=article["reference"])


def recu(page: Page, article: Json) -> Locator:
    """The quantity received of a product."""
    return rangee(page, article).locator("[name=quantite]:not([type=hidden])")


@pytest.mark.feature("PU-25")
def test_un_remplacant_sert_la_commande_le_besoin_et_la_feuille(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    nom = f"Switch {str(new_id())[-6:]}"
    ancien, nouveau = (
        produit.creer(
            "thomas",
            "/inventory/produits",
            {"reference": f"{nom}{version}".upper(), "designation": f"{nom}{version}", "prix_achat_ht": "90"},
        )
        for version in ("", " v2")
    )
    demande = signer(produit, f"Clinique {nom}", [(ancien, "2")])
    commande = commander(produit, catalogue.fournisseur, [(ancien, "2")])
    page = receptionner(asseoir("sonia"), produit, commande)
    page.keyboard.type(nouveau["reference"])
    page.keyboard.press("Enter")
    expect(page.locator("#suivi")).to_contain_text(f"En trop : {nouveau['designation']}")
    page.get_by_role("link", name="À la place d’un autre").click()
    dialogue = page.locator("dialog[open]")
    expect(dialogue.get_by_label("À la place de")).to_contain_text(ancien["designation"])
    dialogue.get_by_label("Quantité reçue").fill("2")
    dialogue.get_by_role("button", name="Enregistrer").click()
    expect(rangee(page, nouveau)).to_contain_text("Remplacement")
    page.get_by_role("link", name="Valider la réception").click()
    page.get_by_label("N° de facture du fournisseur").fill("FA-V2")
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("main")).to_contain_text("Produits entrés en stock")
    expect(rangee(page, nouveau)).to_contain_text("Remplacement")
    assert produit.lire("thomas", f"/purchasing/commandes/{commande['id']}")["etat"] == "cloturee"
    bientot(lambda: [b["manquant"] for b in besoins(produit, demande)] == ["0.000"])
    (colonne,) = feuille(produit, demande)["colonnes"]
    assert [(o["reference"], o["quantite"]) for o in colonne["objets"]] == [(nouveau["reference"], "2.000")]
    assert (colonne["attendus"][0]["reference"], colonne["attendus"][0]["present"]) == (ancien["reference"], "2.000")


@pytest.mark.feature("PU-27")
def test_l_affaire_fournisseur_est_fidele_a_la_facture(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    articles = [(catalogue.cable, "100"), (catalogue.camera, "1")]
    commande = commander(produit, catalogue.fournisseur, articles, frais_ht="25")
    reception = produit.creer("sonia", "/purchasing/receptions", {"commande_ids": [commande["id"]]})
    chemin = f"/purchasing/receptions/{reception['id']}"
    cable, camera = reception["lignes"]
    produit.api("thomas", "PUT", f"{chemin}/lignes/{cable['id']}", {"quantite": "100", "prix_ht": "0.9"})
    produit.creer("sonia", f"{chemin}/lignes/{camera['id']}/series", {"numeros": [f"FID-{catalogue.suffixe}"]})
    facture = f"FF-{catalogue.suffixe}"
    produit.creer("sonia", f"{chemin}/valider", {"facture_fournisseur": facture, "date_facture": "2026-11-20"})
    page = asseoir("celine")

    def annoncee() -> bool:
        page.goto("/administratif/fournisseurs?etat=bloquee")
        return bool(page.locator("main table tr").filter(has_text=facture).count())

    bientot(annoncee)
    ligne = page.locator("main table tr").filter(has_text=facture)
    expect(ligne).to_contain_text("Bloquée")  # dearer than ordered
    expect(ligne).to_contain_text("227,00")
    ligne.get_by_role("link").first.click()
    lignes = [texte.split("\t") for texte in page.locator("main table").first.locator("tbody tr").all_inner_texts()]
    numero = commande["numero"]
    assert [[mot.replace("\u202f", "").replace("\xa0", " ").strip() for mot in mots] for mots in lignes] == [
        [catalogue.cable["reference"], catalogue.cable["designation"], numero, "0,86", "100", "0,90", "90,00 €"],
        [catalogue.camera["reference"], catalogue.camera["designation"], numero, "112,00", "1", "112,00", "112,00 €"],
        ["", "Frais", "", "", "", "", "25,00 €"],
    ]
    expect(page.locator("main")).to_contain_text(f"{facture}")
    expect(page.locator("main")).to_contain_text("20/11/2026")


@pytest.mark.feature("PU-33")
def test_la_facture_jointe_a_la_reception_arrive_a_controler(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, tmp_path: Path
) -> None:
    commande = commander(produit, catalogue.fournisseur, [(catalogue.cable, "10")])
    page = receptionner(asseoir("sonia"), produit, commande)
    recu(page, catalogue.cable).fill("10")
    recu(page, catalogue.cable).press("Enter")
    expect(rangee(page, catalogue.cable)).to_contain_text("Complet")
    reference, pdf = f"FJ-{catalogue.suffixe}", tmp_path / "Facture n° 12, câble.pdf"
    papier = PdfWriter()
    papier.add_blank_page(200, 200)
    papier.write(pdf)
    page.get_by_role("link", name="Valider la réception").click()
    page.get_by_label("N° de facture du fournisseur").fill(reference)
    page.locator("dialog[open] [name=facture_jointe]").set_input_files(pdf)
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("main")).to_contain_text("Produits entrés en stock")
    celine = asseoir("celine")

    def annoncee() -> bool:
        celine.goto("/administratif/fournisseurs?etat=a_controler")
        return bool(celine.locator("main table tr").filter(has_text=reference).count())

    bientot(annoncee)
    celine.locator("main table tr").filter(has_text=reference).get_by_role("link").first.click()
    expect(celine.locator("main")).to_contain_text("Facture n° 12, câble.pdf")
    lien = celine.locator("main").get_by_role("link", name="Ouvrir", exact=True)
    reponse = celine.context.request.get(str(lien.get_attribute("href")))
    assert (reponse.headers["content-type"], reponse.body()) == ("application/pdf", pdf.read_bytes())


@pytest.mark.feature("PU-31", "PU-32")
def test_le_projet_se_rassemble_sur_sa_palette_et_sa_demande_avance(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    suffixe = str(new_id())[-6:].upper()
    client = f"Mairie de Lyon {suffixe}"
    rack, borne = (
        produit.creer(
            "thomas",
            "/inventory/produits",
            {"reference": f"{nom}-{suffixe}", "designation": f"{nom} {suffixe}", "prix_achat_ht": "80"},
        )
        for nom in ("RACK", "BORNE")
    )
    depot = produit.lire("karim", "/inventory/depots")[0]["id"]
    entree = {"produit_id": rack["id"], "depot_id": depot, "quantite": "1", "motif": "Retour de chantier"}
    produit.creer("sonia", "/inventory/entrees", entree)
    demande = signer(produit, client, [(rack, "1"), (borne, "5")])
    commande = commander(produit, catalogue.fournisseur, [(borne, "5")])
    karim = asseoir("karim")
    identifiant = feuille(produit, demande)["id"]
    nommer_la_zone(karim, produit, identifiant, client)
    bientot(lambda: zone_connue(produit, demande))
    sonia = asseoir("sonia")
    sonia.add_init_script(SANS_IMPRIMANTE)
    page = receptionner(sonia, produit, commande)
    for rang in (1, 2):
        page.keyboard.type(borne["reference"])
        page.keyboard.press("Enter")
        expect(page.locator(".scan-destination")).to_have_text(f"Palette A3 : {client} ({rang}/5)")
    imprimer_la_zone(page, identifiant)
    recu(page, borne).fill("5")
    recu(page, borne).press("Enter")
    expect(rangee(page, borne)).to_contain_text("Complet")
    page.get_by_role("link", name="Valider la réception").click()
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("main")).to_contain_text("Produits entrés en stock")
    etat(produit, demande, "produits_recus")
    karim.goto(f"/atelier/feuilles/{identifiant}")
    colonne = karim.locator(".ws-col").first
    expect(colonne.locator(".ws-objet")).to_have_count(1)
    expect(colonne.locator(".ws-objet")).to_contain_text(borne["designation"])
    karim.get_by_role("button", name="Prélever le stock réservé").click()
    expect(colonne.locator(".ws-objet").filter(has_text=rack["designation"])).to_have_count(1)
    expect(karim.locator("main")).to_contain_text("Prête")
    etat(produit, demande, "livraison_a_prevoir")


def nommer_la_zone(page: Page, produit: Produit, identifiant: str, client: str) -> None:
    """The pallet is named on the sheet, shown there, and its label printed."""
    page.goto(f"/atelier/feuilles/{identifiant}")
    page.goto(f"/atelier/feuilles/{identifiant}/suivi")
    page.get_by_label("Zone de préparation").fill("Palette A3")
    with page.expect_response(lambda r: r.request.method == "POST" and r.url.endswith("/suivi")):
        page.get_by_role("button", name="Enregistrer").click()
    page.goto(f"/atelier/feuilles/{identifiant}")
    expect(page.locator("main")).to_contain_text("Palette A3")
    lien = page.get_by_role("menuitem", name="Étiquette de la zone", include_hidden=True)
    imprimee = page.context.request.get(str(lien.get_attribute("href")))
    texte = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(imprimee.body())).pages)
    assert "PALETTE A3" in texte
    assert client[:14] in texte


def imprimer_la_zone(page: Page, identifiant: str) -> None:
    """From the answer to the scan, by one tap or one key, on the paper this screen remembers."""
    bouton, papier = (
        page.get_by_role("button", name="Imprimer l’étiquette"),
        page.get_by_label("Étiquettes de zone sur"),
    )
    imprimees = []
    with page.expect_request("**/etiquette-zone*") as demandee:
        bouton.click()
    imprimees.append(demandee.value.url)
    expect(page.locator("html")).to_have_attribute("data-imprimes", "1")
    papier.select_option("L7160")
    page.locator("[data-scan-champ]").focus()
    with page.expect_request("**/etiquette-zone*") as demandee:
        page.keyboard.press("F9")
    imprimees.append(demandee.value.url)
    expect(page.locator("html")).to_have_attribute("data-imprimes", "2")
    for url, format_, largeur in zip(imprimees, ("rouleau-62", "L7160"), (62, 210), strict=True):
        assert url.endswith(f"/atelier/feuilles/{identifiant}/etiquette-zone?format={format_}")
        feuille_imprimee = PdfReader(io.BytesIO(page.context.request.get(url).body())).pages[0]
        assert "PALETTE A3" in feuille_imprimee.extract_text()
        assert round(float(feuille_imprimee.mediabox.width) / 72 * 25.4) == largeur
    page.reload()
    expect(papier).to_have_value("L7160")
    expect(bouton).to_have_count(0)


def zone_connue(produit: Produit, demande: Json) -> bool:
    """Purchasing heard where the project is gathered."""
    feuilles = produit.lire("karim", "/inventory/feuilles", demande_id=demande["id"])["elements"]
    return bool(feuilles and feuilles[0]["zone"] == "Palette A3")


def etat(produit: Produit, demande: Json, attendu: str) -> None:
    """The demande reaches the state by itself."""
    chemin = f"/demandes/demandes/{demande['id']}"
    bientot(lambda: produit.lire("claire", chemin)["etat_code"] == attendu)


@pytest.mark.feature("PU-12")
def test_sur_un_telephone_le_produit_touche_prend_la_place_de_la_liste(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    demande = signer(produit, f"Mairie {catalogue.suffixe}", [(catalogue.camera, "2"), (catalogue.cable, "50")])
    page = asseoir("thomas", largeur=390, tactile=True)
    page.goto(f"/achats?demande_id={demande['id']}")
    liste, titre = page.locator("#produits"), page.locator("#detail h2")
    expect(titre).to_be_hidden()
    second = liste.locator(".lien-ligne").nth(1)
    nom = second.inner_text()
    second.tap()
    expect(titre).to_have_text(nom)
    expect(titre).to_be_in_viewport()
    expect(liste).to_be_hidden()
    page.get_by_role("link", name="Produits", exact=True).first.tap()
    expect(second).to_be_visible()
    expect(titre).to_be_hidden()
