"""A whole sale walked through the pages, each member of staff in a browser of his own, from the search to the visit."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(420)]
CLIENT = "Cabinet dentaire Lefèvre"
OBJET = "Rénovation vidéo et Wi-Fi"


def bouton(page: Page, nom: str) -> None:
    """Click the action named, a link or a button."""
    page.locator("main, dialog[open]").locator("a.btn, button.btn").filter(has_text=nom).first.click()


def valider(page: Page) -> None:
    """Submit the dialog that is open."""
    page.locator("dialog[open] form [type=submit], dialog[open] [value=oui]").last.click()


def accueillir(page: Page, client: str) -> str:
    """Reception searches, creates from what was searched, opens the demande in the same gesture; its address."""
    page.goto("/contacts")
    page.keyboard.press("/")
    page.keyboard.type(client)
    page.get_by_role("link", name=f"Créer « {client} »").click()
    expect(page.locator("dialog[open] [name=nom]")).to_have_value(client)
    expect(page.get_by_role("button", name="Créer le contact")).to_be_in_viewport()
    page.fill("dialog[open] [name=email]", "cabinet@exemple.fr")
    page.fill("dialog[open] [name=telephone]", "04 50 51 00 00")
    page.fill("dialog[open] [name=adresse]", "12 rue du Lac")
    page.fill("dialog[open] [name=code_postal]", "74000")
    page.fill("dialog[open] [name=ville]", "Annecy")
    bouton(page, "Créer et ouvrir une demande")
    page.wait_for_url("**/demandes/nouvelle?tiers_id=*")
    expect(page.get_by_label("Objet")).to_be_focused()
    page.get_by_label("Objet").fill(OBJET)
    bouton(page, "Ouvrir la demande")
    page.wait_for_url(re.compile(r"/demandes/[0-9a-f-]{36}$"))
    return page.url


def chiffrer(page: Page, demande: str, catalogue: Catalogue) -> str:
    """One click makes the étude; two lines at the keyboard, their hidden products; the address of the proposition."""
    page.goto(demande)
    bouton(page, "Faire le devis")
    page.wait_for_url("**/devis/propositions/*")
    page.locator("[data-ajouter=ligne]").click()
    page.keyboard.type("Caméra dôme, pose comprise")
    camera, cable = page.locator(".qg-ligne").nth(0), page.locator(".qg-ligne").nth(1)
    for champ, valeur in (("quantite", "2"), ("cout_ht", "112"), ("marge", "45")):
        camera.locator(f"[data-champ={champ}]").fill(valeur)
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Câblage catégorie 6")
    for champ, valeur in (("quantite", "180"), ("cout_ht", "0,86"), ("prix_ht", "1,81")):
        cable.locator(f"[data-champ={champ}]").fill(valeur)
    expect(page.locator("[data-t=total_ht]")).to_have_text("650,60\u00a0€")
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    for rang, ligne, produit, quantite in ((1, camera, catalogue.camera, "2"), (2, cable, catalogue.cable, "180")):
        ligne.locator("[data-caches]").click()
        expect(page.locator(".qg-detail")).to_have_count(rang)
        cadre = page.locator(".qg-detail").last
        cadre.get_by_role("combobox", name="Ajouter un produit caché").fill(produit["reference"])
        cadre.locator(".combo-option").first.click()
        caches = page.locator(".qg-detail").filter(has_text=produit["reference"])
        caches.locator("[data-cache-champ=quantite]").fill(quantite)
        caches.locator("[data-cache-champ=quantite]").blur()
    expect(page.locator(".qg-ligne [data-caches] span").nth(1)).to_have_text("1")
    page.get_by_role("switch", name="Maintenance souhaitée").first.check()
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    return page.url


def envoyer(page: Page, produit: Produit, proposition: str) -> None:
    """Mail with the PDF; no hidden product, no cost in it; then the client signed."""
    bouton(page, "Envoyer")
    expect(page.locator("dialog[open] [name=destinataires]")).to_have_value("cabinet@exemple.fr")
    valider(page)
    expect(page.locator("main")).to_contain_text("Devis signé")
    identifiant = proposition.rsplit("/", 1)[1]
    bientot(lambda: produit.lire("manon", f"/commercial/propositions/{identifiant}")["statut"] == "envoye")
    page.goto("/boite")
    page.locator("main table a").first.click()
    piece = page.locator("a[href*='/pieces/']").first
    expect(piece).to_contain_text(".pdf")
    texte = lire_pdf(page.context.request.get(str(piece.get_attribute("href"))).body())
    assert "Caméra dôme, pose comprise" in texte
    assert "780,72" in texte.replace("\xa0", " ").replace("\u202f", " ")
    page.goto(proposition)
    bouton(page, "Devis signé")
    page.get_by_label("Signé par").fill("Mme Lefèvre")
    valider(page)
    expect(page.locator("main")).to_contain_text("Signé par Mme Lefèvre")


def lire_pdf(octets: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages)


def acheter(page: Page, catalogue: Catalogue, demande: str) -> None:
    """Each need negotiated in a row, then ordered from the file of the supplier."""
    for article in (catalogue.camera, catalogue.cable):
        page.goto(f"/achats/besoins/{article['id']}")
        expect(page.get_by_role("heading", name=article["designation"])).to_be_visible()
        fiche = page.locator("main form").filter(has_text="Négocier")
        fournisseur = fiche.get_by_role("combobox").first
        if not fournisseur.input_value():
            fournisseur.fill(catalogue.fournisseur["nom"])
            page.locator(".combo-option").first.click()
        fiche.get_by_role("button", name="Négocier", exact=True).click()
        expect(page.locator("main")).to_contain_text("Négociations en cours")
    page.goto(f"/achats/fournisseurs/{catalogue.fournisseur['id']}")
    page.get_by_label("Tout sélectionner").nth(1).check()
    bouton(page, "Commander la sélection")
    page.get_by_label("N° de commande du fournisseur").fill("PO-7781")
    bouton(page, "Passer la commande")
    page.wait_for_url("**/achats/commandes/*")
    page.goto(demande)
    expect(page.locator("main")).to_contain_text("Attente de réception")


def recevoir(page: Page, catalogue: Catalogue) -> None:
    """Every camera scanned with its serial, the cable typed, the supplier's invoice kept."""
    page.goto("/achats/receptions")
    page.locator("main li, main tr").filter(has_text=catalogue.fournisseur["nom"]).get_by_role("button").first.click()
    page.wait_for_url("**/achats/receptions/*")
    for rang, code in enumerate(
        (catalogue.camera["ean"], serie(catalogue, 1), catalogue.camera["ean"], serie(catalogue, 2)), 1
    ):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator(".scan-liste li")).to_have_count(rang)
        expect(page.locator(".scan-mot")).to_have_text("Attendu")
    complets = page.locator("main table tr").filter(has_text="Complet")
    expect(complets).to_have_count(1)
    recu = (
        page.locator("main table tr").filter(has_text=catalogue.cable["reference"]).locator("input:not([type=hidden])")
    )
    recu.fill("180")
    recu.press("Enter")
    expect(complets).to_have_count(2)
    bouton(page, "Valider la réception")
    page.get_by_label("N° de facture du fournisseur").fill(f"F-{catalogue.suffixe}")
    valider(page)
    expect(page.locator("main")).to_contain_text("Produits entrés en stock")


def serie(catalogue: Catalogue, rang: int) -> str:
    """A serial number nobody else has."""
    return f"SN-{catalogue.suffixe}-{rang}"


def preparer(page: Page, catalogue: Catalogue) -> str:
    """Labels made and posed, each camera configured and ticked; both columns turn green; the address of the sheet."""
    page.goto("/atelier")
    page.locator("main table a").filter(has_text=CLIENT).first.click()
    page.wait_for_url("**/atelier/feuilles/*")
    feuille = page.url
    bouton(page, "Étiqueter")
    page.wait_for_url("**/atelier/etiquettes?lot=*")
    page.get_by_role("link", name="Revenir à la feuille").click()
    page.wait_for_url(feuille)
    for rang in (1, 2):
        page.locator(".ws-objet").filter(has_text=serie(catalogue, rang)).dblclick()
        page.locator("dialog[open]").get_by_label("Adresse IP").fill(f"192.168.1.{rang}")
        page.locator("dialog[open]").get_by_label("Firmware mis à jour").check()
        valider(page)
        expect(page.locator(".ws-objet").filter(has_text=serie(catalogue, rang))).to_contain_text("Prêt")
    expect(page.locator("main")).to_contain_text("Prête")
    return feuille


def installer(planificatrice: Page, technicien: Page, feuille: str) -> None:
    """A day and a technician; he leaves, finishes, closes and validates the sheet."""
    planificatrice.goto("/planning")
    planificatrice.locator("[data-planifier]").first.click()
    dialogue = planificatrice.locator("dialog[open]")
    dialogue.get_by_label("Personne").select_option(label="Nicolas Test")
    dialogue.get_by_label("Jour").select_option(index=1)
    dialogue.get_by_role("button", name="Planifier").click()
    expect(planificatrice.locator(".toast")).to_contain_text("Nicolas Test")
    technicien.goto("/planning/interventions")
    bouton(technicien, "Je pars")
    bouton(technicien, "Terminer")
    technicien.get_by_label("Travaux effectués").fill("Caméras posées, enregistreur réglé.")
    bouton(technicien, "Terminer l’intervention")
    expect(technicien.locator("main")).to_contain_text("Terminée")
    technicien.goto(feuille)
    bouton(technicien, "Clôturer la préparation")
    valider(technicien)
    expect(technicien.locator("main button").filter(has_text="Clôturer la préparation")).to_have_count(0)
    bouton(technicien, "Valider la feuille")
    valider(technicien)
    expect(technicien.locator("main")).to_contain_text("Validée")


def facturer(page: Page) -> str:
    """Checked, issued, mailed; its number."""
    page.goto("/administratif/a-facturer")
    page.locator("main table tr").filter(has_text=CLIENT).get_by_role("link").first.click()
    page.locator(".ad-lignes").wait_for()
    assert page.evaluate("document.querySelector('.ad-lignes').offsetWidth <= innerWidth"), "the whole line is in sight"
    bouton(page, "Émettre la facture")
    valider(page)
    page.wait_for_url("**/administratif/factures/*")
    numero = page.locator(".tete-reference").inner_text()
    assert re.fullmatch(r"FC-\d{4}-\d{5}", numero)
    page.locator("object.apercu-pdf").wait_for(state="attached")
    bouton(page, "Envoyer par e-mail")
    valider(page)
    expect(page.locator("main")).to_contain_text("cabinet@exemple.fr")
    return numero


@pytest.mark.feature("CT-03", "GW-03")
def test_une_vente_entiere_par_les_pages(produit: Produit, asseoir: Asseoir) -> None:
    catalogue = creer_catalogue(produit)
    claire = asseoir("claire")
    demande = accueillir(claire, CLIENT)
    manon = asseoir("manon")
    proposition = chiffrer(manon, demande, catalogue)
    envoyer(manon, produit, proposition)
    acheter(asseoir("thomas"), catalogue, demande)
    recevoir(asseoir("sonia"), catalogue)
    feuille = preparer(asseoir("karim"), catalogue)
    installer(asseoir("nadia"), asseoir("nicolas"), feuille)
    celine = asseoir("celine")
    numero = facturer(celine)
    demande_id = demande.rsplit("/", 1)[1]
    bientot(lambda: produit.lire("claire", f"/demandes/demandes/{demande_id}")["etat_code"] == "facture")
    toute_la_vie(asseoir("helene"), demande, numero)
    celine.goto("/contacts?q=lefevre")
    celine.locator("main table a").filter(has_text=CLIENT).first.click()
    for carte in (OBJET, numero, catalogue.camera["designation"], "Maintenance"):
        expect(celine.locator("main")).to_contain_text(carte)
    fiche = celine.url
    for libelle in ("Demandes", "Études et devis", "Factures", "Parc client", "Contrats"):
        celine.goto(fiche)
        celine.locator("#panneau").get_by_role("link", name=libelle, exact=True).click()
        expect(celine.locator("main")).to_contain_text(CLIENT)


def toute_la_vie(page: Page, demande: str, numero: str) -> None:
    """From the demande, everything that was made for the project opens."""
    page.goto(demande)
    expect(page.locator("main")).to_contain_text(numero)
    panneau = page.locator("#panneau a")
    adresses = {str(lien.get_attribute("href")) for lien in panneau.all()}
    for debut in (
        "/devis/",
        "/achats?demande_id=",
        "/achats/commandes/",
        "/achats/receptions/",
        "/atelier/feuilles/",
        "/administratif/",
    ):
        (href, *_) = [adresse for adresse in adresses if adresse.startswith(debut)]
        page.goto(href)
        expect(page.locator("h1")).to_have_count(1)
