"""Scans while the network is down: kept on the device, sent in their sequence when it is back, each counted once."""

import re
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Error, Locator, Page, Route, expect

from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.projet import commander
from tests.browser.test_atelier import Preparation, preparation
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
Json = dict[str, Any]
__all__ = ["preparation"]
SANS_STOCKAGE = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }"


@pytest.fixture(scope="module")
def catalogue(produit: Produit) -> Catalogue:
    return creer_catalogue(produit)


@pytest.fixture
def reception(produit: Produit, catalogue: Catalogue) -> str:
    """The id of an open reception that expects 20 m of cable and 6 cameras."""
    commande = commander(produit, catalogue.fournisseur, [(catalogue.cable, "20"), (catalogue.camera, "6")])
    corps = {"fournisseur_id": catalogue.fournisseur["id"], "commande_ids": [commande["id"]]}
    ouverte: Json = produit.creer("sonia", "/purchasing/receptions", corps)
    return str(ouverte["id"])


def scanner(page: Page, *codes: str) -> None:
    """As a hand scanner: keys then Enter, in the field that has the focus."""
    for code in codes:
        page.keyboard.type(code, delay=1)
        page.keyboard.press("Enter")


def badge(page: Page) -> Locator:
    return page.locator("[data-attente]")


def lus(produit: Produit, reception: str) -> list[str]:
    """The codes the service counted, in the sequence it received them."""
    lectures = produit.lire("sonia", f"/purchasing/receptions/{reception}/scans")
    return [lecture["code"] for lecture in sorted(lectures, key=lambda lecture: lecture["id"])]


def ouvrir(page: Page, reception: str) -> Page:
    page.goto(f"/achats/receptions/{reception}")
    expect(page.locator("[data-scan-champ]")).to_be_focused()
    return page


def test_le_reseau_coupe_rien_ne_se_perd(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    cable, camera = catalogue.cable["reference"], catalogue.camera["ean"]
    scanner(page, cable)
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(1)
    page.context.set_offline(True)
    expect(page.locator("[data-direct]")).to_contain_text("Connexion perdue")
    codes = [camera, cable, f"SN-{catalogue.suffixe}", camera, cable]
    scanner(page, *codes)
    expect(page.locator(".scan-liste .is-attente")).to_have_count(5)
    expect(page.locator("[data-scan-echo]")).to_contain_text("Gardé, sans réseau")
    expect(badge(page)).to_have_text(re.compile(r"5 lectures en attente depuis \d\d:\d\d"))
    assert lus(produit, reception) == [cable]
    page.context.set_offline(False)
    expect(badge(page)).to_be_hidden()
    expect(page.locator("[data-direct]")).to_contain_text("En direct")
    expect(page.locator(".scan-liste .is-attente")).to_have_count(0)
    assert lus(produit, reception) == [cable, *codes]
    expect(page.locator(".scan-liste li")).to_have_count(6)


def test_une_reponse_perdue_ne_compte_pas_deux_fois(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    perdues: list[str] = []

    def perdre(route: Route) -> None:
        """The server does it, and nobody hears of it."""
        route.fetch()
        perdues.append(route.request.headers["idempotency-key"])
        route.abort()

    page.route("**/scans", perdre, times=1)
    scanner(page, catalogue.cable["reference"])
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(1)
    expect(badge(page)).to_be_hidden()
    assert len(perdues) == 1
    assert lus(produit, reception) == [catalogue.cable["reference"]]


def test_les_lectures_qui_attendent_partent_ensemble_et_chacune_a_sa_reponse(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia"), reception)
    cable, camera = catalogue.cable["reference"], catalogue.camera["ean"]
    codes = [camera, f"SN-{catalogue.suffixe}-1", "0000000000000", cable, cable]
    envois: list[list[str]] = []
    retenues: list[Route] = []

    def noter(route: Route) -> None:
        """The first one waits until all the others were typed."""
        corps = route.request.post_data_json or {}
        envois.append([lecture["code"] for lecture in corps["lectures"]])
        if len(envois) == 1:
            retenues.append(route)
        else:
            route.continue_()

    page.route("**/scans", noter)
    scanner(page, cable)
    bientot(lambda: page.title() and retenues)  # asking the page lets the request leave
    scanner(page, *codes)
    retenues[0].continue_()
    expect(page.locator(".scan-liste li")).to_have_count(6)
    assert envois == [[cable], codes]
    lignes = page.locator(".scan-liste li")
    mots = ["Attendu", "Attendu", "Inconnu", "Attendu", "Attendu", "Attendu"]
    for rang, (code, mot) in enumerate(zip(reversed([cable, *codes]), mots, strict=True)):
        expect(lignes.nth(rang)).to_contain_text(code)
        expect(lignes.nth(rang)).to_contain_text(mot)
    echo = page.locator("[data-scan-echo]")
    expect(echo).to_have_attribute("data-resultat", "inconnu")  # the one somebody must look at
    expect(echo).to_contain_text("0000000000000")
    scanner(page, cable)
    expect(echo).to_have_attribute("data-resultat", "attendu")
    assert lus(produit, reception) == [cable, *codes, cable]


def test_un_envoi_coupe_ne_compte_pas_deux_fois_meme_reparti_avec_d_autres(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    cable, camera = catalogue.cable["reference"], catalogue.camera["ean"]
    page.context.set_offline(True)
    scanner(page, cable, camera, f"SN-{catalogue.suffixe}-2")
    expect(page.locator(".scan-liste .is-attente")).to_have_count(3)

    def perdre(route: Route) -> None:
        """The server does them all, and nobody hears of it; one more is read meanwhile."""
        route.fetch()
        route.abort()

    page.route("**/scans", perdre, times=1)
    page.context.set_offline(False)
    bientot(lambda: page.title() and len(lus(produit, reception)) == 3)
    scanner(page, cable)
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(4)
    expect(badge(page)).to_be_hidden()
    assert lus(produit, reception) == [cable, camera, f"SN-{catalogue.suffixe}-2", cable]
    lignes: list[Json] = produit.lire("sonia", f"/purchasing/receptions/{reception}")["lignes"]
    assert sorted(float(ligne["quantite"]) for ligne in lignes) == [1, 2]


def test_un_code_impossible_ne_condamne_pas_ceux_qui_partent_avec_lui(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True, tolere=(422,)), reception)
    cable = catalogue.cable["reference"]
    page.context.set_offline(True)
    scanner(page, cable, "9" * 201, cable)
    expect(page.locator(".scan-liste .is-attente")).to_have_count(3)
    page.context.set_offline(False)
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(2)
    refusee = page.locator(".scan-liste li").filter(has_text="Refusée")
    expect(refusee).to_contain_text("Pas plus de 200 caractères")
    assert lus(produit, reception) == [cable, cable]


def test_elles_partent_d_une_autre_page_et_sous_le_bon_nom(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    page.route("**/scans", lambda route: route.abort())
    scanner(page, catalogue.cable["reference"], catalogue.camera["ean"])
    expect(badge(page)).to_contain_text("2 lectures en attente")
    page.goto("/achats/commandes")
    expect(badge(page)).to_contain_text("2 lectures en attente")
    badge(page).click()
    expect(page.locator(".scan-liste .is-attente")).to_have_count(2)
    page.unroute("**/scans")
    page.goto("/achats/commandes")
    bientot(lambda: lus(produit, reception) == [catalogue.cable["reference"], catalogue.camera["ean"]])
    expect(badge(page)).to_be_hidden()


def test_une_lecture_refusee_dit_pourquoi(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True, tolere=(409,)), reception)
    scanner(page, catalogue.cable["reference"])
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(1)
    page.context.set_offline(True)
    scanner(page, catalogue.cable["reference"])
    expect(page.locator(".scan-liste .is-attente")).to_have_count(1)
    produit.creer("sonia", f"/purchasing/receptions/{reception}/valider", {"facture_fournisseur": "F-1"})
    page.context.set_offline(False)
    refusee = page.locator(".scan-liste li").filter(has_text="Refusée")
    expect(refusee).to_contain_text("validée")
    expect(badge(page)).to_have_text("1 lecture refusée")
    assert len(lus(produit, reception)) == 1
    refusee.get_by_role("button", name="Retirer").click()
    expect(refusee).to_have_count(0)
    expect(badge(page)).to_be_hidden()


def test_la_session_expiree_entre_temps_se_rouvre_et_tout_part(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True, tolere=(401,)), reception)
    page.context.set_offline(True)
    scanner(page, catalogue.cable["reference"], catalogue.camera["ean"])
    expect(page.locator(".scan-liste .is-attente")).to_have_count(2)
    page.context.clear_cookies()
    page.context.set_offline(False)
    fenetre = page.locator("dialog#reconnexion")
    expect(fenetre).to_be_visible()
    fenetre.locator("input[name=identifiant]").fill("sonia")
    fenetre.locator("input[type=password]").first.fill(SECRET)
    fenetre.get_by_role("button", name="Continuer").click()
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(2)
    expect(badge(page)).to_be_hidden()
    assert lus(produit, reception) == [catalogue.cable["reference"], catalogue.camera["ean"]]


def test_sans_stockage_du_navigateur_la_page_garde_les_lectures(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = asseoir("sonia", coupures=True)
    page.add_init_script(SANS_STOCKAGE)
    ouvrir(page, reception)
    page.context.set_offline(True)
    scanner(page, catalogue.cable["reference"], catalogue.cable["reference"])
    expect(badge(page)).to_contain_text("2 lectures en attente")
    page.context.set_offline(False)
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(2)
    assert len(lus(produit, reception)) == 2


def test_la_preparation_attend_aussi_le_reseau(produit: Produit, asseoir: Asseoir, preparation: Preparation) -> None:
    serie = f"{preparation.catalogue.suffixe}-A"
    lue = produit.lire("karim", f"/inventory/feuilles/{preparation.feuille_id}")
    pose = next(o for c in lue["colonnes"] for o in c["objets"] if o["numero_serie"] == serie)
    retirer = {"historique_id": pose["id"]}
    produit.creer("karim", f"/inventory/feuilles/{preparation.feuille_id}/retirer", retirer)
    page = asseoir("karim", largeur=390, coupures=True)
    page.goto(f"{preparation.url}/scanner")
    expect(page.locator("[data-scan-champ]")).to_be_focused()
    page.context.set_offline(True)
    scanner(page, serie)
    expect(badge(page)).to_contain_text("1 lecture en attente")
    page.context.set_offline(False)
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(1)
    lue = produit.lire("karim", f"/inventory/feuilles/{preparation.feuille_id}")
    assert serie in [o["numero_serie"] for c in lue["colonnes"] for o in c["objets"]]


def test_une_lecture_tardive_n_efface_pas_la_quantite_que_l_on_vient_de_saisir(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia"), reception)
    relues: list[tuple[Route, APIResponse]] = []

    def retarder(route: Route) -> None:
        """The first reading of the lines is answered with what they were, once they have changed."""
        if relues or "hx-request" not in route.request.headers:
            route.continue_()
        else:
            relues.append((route, route.fetch()))

    page.route(f"**/achats/receptions/{reception}", retarder)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('amanela:rafraichir', { bubbles: true }))")
    bientot(lambda: page.title() and relues)  # asking the page lets the reading leave
    ligne = page.locator("main table tr.rc-ligne").filter(has_text=catalogue.cable["reference"])
    champ = ligne.locator("[name=quantite]:not([type=hidden])")
    with page.expect_response(lambda r: "/lignes/" in r.url and r.request.method == "POST"):
        champ.fill("20")
        champ.press("Enter")
    (tardive, ancienne) = relues[0]
    with suppress(Error):  # given up meanwhile
        tardive.fulfill(response=ancienne)
    expect(ligne).to_contain_text("Complet")
