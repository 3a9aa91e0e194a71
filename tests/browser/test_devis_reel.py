"""What the feature table asks of the line editor, done by a salesman in a real browser, then read on what the client receives."""

import re
import time
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import designations, ouvrir
from tests.browser.test_portail import lien_recu

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
ARTICLES = (("REEL-CAB", "Câble catégorie 6 réel", "60"), ("REEL-PRISE", "Prise réelle", "8"), ("REEL-GOUL", "Goulotte réelle", "3"))  # fmt: skip
DESCRIPTION = "Baie 12U murale\nPorte vitrée **réversible**\n• ventilée\n• serrure"


def fournir(produit: Produit) -> list[dict[str, Any]]:
    """Three articles, on a shelf with their usual quantities."""
    crees = [
        produit.creer("thomas", "/inventory/produits", {"reference": r, "designation": d, "prix_achat_ht": "40"})
        for r, d, _ in ARTICLES
    ]
    ranges = [{"produit_id": p["id"], "quantite": q} for p, (_, _, q) in zip(crees, ARTICLES, strict=True)]
    bientot(lambda: produit.creer("manon", "/commercial/rayons", {"nom": "Câblage réel", "produits": ranges}))
    return crees


def caches(produit: Produit, chemin: str, rang: int) -> list[tuple[str, float]]:
    """The hidden products of a line, with their quantities."""
    ligne = produit.lire("manon", chemin)["lignes"][rang]
    return [(p["reference"], float(p["quantite"])) for p in ligne["produits"]]


@pytest.mark.feature("CO-03", "CO-12", "CO-15")
def test_les_lignes_se_redigent_se_rangent_et_disent_ce_qu_elles_cachent(produit: Produit, asseoir: Asseoir) -> None:
    fournir(produit)
    chemin = ouvrir(produit, [])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Formation")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Baie de brassage")
    baie = page.locator(".qg-ligne").nth(1)
    baie.locator("[data-champ=description]").fill(DESCRIPTION)
    baie.locator("[data-champ=cout_ht]").fill("100")
    baie.locator("[data-champ=marge]").fill("50")
    baie.locator("[data-champ=designation]").focus()
    page.keyboard.press("Alt+ArrowUp")
    bientot(lambda: designations(produit, chemin) == ["Baie de brassage", "Formation"])

    page.locator(".qg-ligne [data-champ=designation]").first.focus()
    for _, designation, _ in ARTICLES:
        page.locator("[data-rayon-produit]").filter(has_text=designation).click()
        expect(page.locator(".qg-detail")).to_contain_text(designation)
    attendus = [(reference, float(quantite)) for reference, _, quantite in ARTICLES]
    bientot(lambda: caches(produit, chemin, 0) == attendus)

    cadre = page.locator(".qg-cadre-tete")
    expect(cadre).to_contain_text(re.compile(r"Coût cumulé\s+2.840,00"))  # (60 + 8 + 3) x 40
    expect(cadre).to_contain_text(re.compile(r"PA de la ligne\s+100,00"))
    expect(page.locator(".qg-puce.is-alerte")).to_have_count(1)

    pdf = page.context.request.get(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}/document?forme=actuelle").body()
    lu = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    morceaux = ("Baie de brassage", "Baie 12U murale", "Porte vitrée réversible", "ventilée", "serrure", "Formation")
    places = [lu.replace("\u202f", " ").find(mot) for mot in morceaux]
    assert -1 not in places, list(zip(morceaux, places, strict=True))
    assert places == sorted(places)


@pytest.mark.feature("CO-10", "CO-11", "CO-22")
def test_un_produit_vient_de_sa_fiche_reste_cache_au_client_et_ouvre_une_seule_feuille(
    produit: Produit, asseoir: Asseoir
) -> None:
    secret = {"reference": "REEL-SECRET", "designation": "Module très secret", "prix_achat_ht": "77.77"}
    article = produit.creer("thomas", "/inventory/produits", {**secret, "prix_vente_ht": "123.45"})
    kit = {"reference": "REEL-KIT", "designation": "Ensemble vendu", "composants": [{"produit_id": article["id"]}]}
    vendu = produit.creer("thomas", "/inventory/produits", kit)
    chemin = ouvrir(produit, [{"designation": "Automatisme", "cout_ht": "80", "marge": "50"}])
    lu = produit.lire("manon", chemin)
    numero, demande = lu["numero"], lu["demande_id"]
    depot = {"produit_id": vendu["id"], "quantite": "2"}
    bientot(lambda: produit.creer("manon", f"{chemin}/depuis-produit", depot))

    page = asseoir("manon")
    page.goto(f"/catalogue/{article['id']}")
    page.get_by_role("link", name=re.compile("Ajouter à une proposition")).first.click()
    page.get_by_role("button", name=f"Choisir {numero}").click()
    page.get_by_label("Ligne qui a besoin du produit").select_option(label="Automatisme")
    page.get_by_label("Quantité").last.fill("2")
    page.get_by_role("button", name="Ajouter à la ligne").click()
    page.wait_for_url(f"**/devis/propositions/{chemin.rsplit('/', 1)[1]}#ligne-*")
    assert [caches(produit, chemin, rang) for rang in (0, 1)] == [[("REEL-SECRET", 2.0)]] * 2

    adresse = "reel@exemple.fr"
    mail = {"destinataires": [adresse], "sujet": "Votre devis", "message": "Bonjour,\n\nVoici."}
    produit.api("manon", "POST", f"{chemin}/envoyer", mail)
    bientot(lambda: produit.lire("manon", chemin)["statut"] == "envoye")
    lus = recu(page, produit, adresse)
    assert "Automatisme" in lus["portail"]
    assert "Ensemble vendu" in lus["pdf"]
    for nom, texte in lus.items():
        for cache in ("REEL-SECRET", "REEL-KIT", "Module très secret", "77,77", "77.77"):
            assert cache not in texte, (nom, cache)

    debut = time.monotonic()
    produit.api("manon", "POST", f"{chemin}/valider", {"signe_par": "Mme Roche"})
    feuilles = bientot(lambda: produit.lire("karim", "/inventory/feuilles", demande_id=demande)["elements"])
    assert time.monotonic() - debut < 2
    ensuite = produit.lire("karim", "/inventory/feuilles", demande_id=demande)["elements"]
    assert [f["id"] for f in ensuite] == [f["id"] for f in feuilles]
    assert len(feuilles) == 1


def recu(page: Page, produit: Produit, adresse: str) -> dict[str, str]:
    """What the client holds: the mail, the page of the link, the file, the answer of the page as a program reads it."""
    lien = lien_recu(page, adresse)
    courriel = page.content()
    client = page.context.browser
    assert client is not None
    sien = client.new_context(base_url=produit.adresse)
    visite = sien.new_page()
    visite.goto(lien)
    portail = visite.content()
    pdf = PdfReader(BytesIO(sien.request.get(f"{lien}/document").body()))
    texte = " ".join(p.extract_text() for p in pdf.pages)
    metadonnees = " ".join(str(v) for v in (pdf.metadata or {}).values())
    sien.close()
    return {"courriel": courriel, "portail": portail, "pdf": texte + metadonnees}


@pytest.mark.feature("CO-01", "AF-57")
def test_l_adresse_qui_manque_se_demande_en_faisant_le_devis(produit: Produit, asseoir: Asseoir) -> None:
    page = asseoir("manon", tolere=(422,))
    page.goto("/demandes/nouvelle?type=commercial&nom=Scierie du Borne")
    page.get_by_label("Objet").fill("Standard téléphonique")
    page.get_by_role("button", name="Ouvrir la demande").click()
    page.wait_for_url(re.compile(r"/demandes/[0-9a-f-]{36}$"))
    page.get_by_role("button", name="Faire le devis").click()
    fenetre = page.get_by_role("dialog")
    expect(fenetre).to_contain_text("Adresse de Scierie du Borne")
    expect(fenetre.get_by_label("Adresse", exact=True)).to_be_focused()
    page.keyboard.type("3 route du Borne")
    fenetre.get_by_label("Ville").evaluate("champ => champ.removeAttribute('required')")
    fenetre.get_by_role("button", name="Enregistrer et faire le devis").click()
    expect(fenetre).to_contain_text("Indiquez au moins la ville.")
    fenetre.get_by_label("Code postal").fill("74130")
    fenetre.get_by_label("Ville").fill("Glières")
    fenetre.get_by_role("button", name="Enregistrer et faire le devis").click()
    page.wait_for_url("**/devis/propositions/*")
    (tiers,) = produit.lire("manon", "/contacts/tiers", q="Scierie du Borne")["elements"]
    (adresse,) = produit.lire("manon", f"/contacts/tiers/{tiers['id']}")["adresses"]
    assert (adresse["lignes"], adresse["code_postal"], adresse["ville"]) == (["3 route du Borne"], "74130", "Glières")


def test_l_adresse_dite_a_l_appel_suit_le_nouveau_contact(produit: Produit, asseoir: Asseoir) -> None:
    page = asseoir("manon")
    page.goto("/demandes/nouvelle?type=commercial&nom=Garage du Giffre")
    for nom, valeur in (("Adresse", "8 rue du Pont"), ("Code postal", "74440"), ("Ville", "Taninges")):
        page.get_by_label(nom, exact=True).fill(valeur)
    page.get_by_label("Objet").fill("Alarme")
    page.get_by_role("button", name="Ouvrir la demande").click()
    page.get_by_role("button", name="Faire le devis").click()
    page.wait_for_url("**/devis/propositions/*")
    (tiers,) = produit.lire("manon", "/contacts/tiers", q="Garage du Giffre")["elements"]
    assert produit.lire("manon", f"/contacts/tiers/{tiers['id']}")["adresses"][0]["ville"] == "Taninges"
