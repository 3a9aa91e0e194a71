"""The line editor in a real browser: whole sections moved, copied and folded; options and variants; nothing typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def ouvrir(produit: Produit, lignes: list[dict[str, Any]]) -> str:
    """A draft with these lines; its path in the API."""
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": "Lycée Gabriel-Fauré", "roles": ["client"], "adresses": [ANNECY]}
    )
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Câblage du lycée"}
    demande = bientot(lambda: produit.creer("claire", "/demandes/demandes", corps))
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    chemin = f"/commercial/propositions/{etude['propositions'][0]['id']}"
    produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": lignes})
    return chemin


def designations(produit: Produit, chemin: str) -> list[str]:
    return [ligne["designation"] for ligne in produit.lire("manon", chemin)["lignes"]]


def titre(page: Page, texte: str) -> Any:
    """The field of the first section so called."""
    return page.locator(f".qg-section input[value='{texte}']").first


def test_une_section_se_deplace_se_copie_et_se_replie_entiere(produit: Produit, asseoir: Asseoir) -> None:
    lignes = [
        {"genre": "section", "designation": "Baie"},
        {"designation": "Coffret", "cout_ht": "100", "marge": "50"},
        {"designation": "Bandeau", "cout_ht": "20", "marge": "50"},
        {"genre": "section", "designation": "Prises"},
        {"designation": "Prise RJ45", "cout_ht": "10", "marge": "50"},
    ]
    chemin = ouvrir(produit, lignes)
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    titre(page, "Prises").focus()
    page.keyboard.press("Alt+ArrowUp")
    bientot(lambda: designations(produit, chemin) == ["Prises", "Prise RJ45", "Baie", "Coffret", "Bandeau"])
    titre(page, "Baie").focus()
    page.keyboard.press("Control+d")
    attendu = ["Prises", "Prise RJ45", *["Baie", "Coffret", "Bandeau"] * 2]
    bientot(lambda: designations(produit, chemin) == attendu)
    expect(page.locator("[data-t=total_ht]")).to_have_text("375,00\u00a0€")
    titre(page, "Baie").focus()
    page.keyboard.press("Control+.")
    expect(page.locator(".qg-ligne:visible")).to_have_count(3)
    expect(page.locator("[data-t=total_ht]")).to_have_text("375,00\u00a0€")
    page.locator(".is-repliee [data-replier]").click()
    expect(page.locator(".qg-ligne:visible")).to_have_count(5)


def test_une_variante_remplace_l_autre_dans_le_total(produit: Produit, asseoir: Asseoir) -> None:
    lignes = [
        {"designation": "Borne standard", "cout_ht": "100", "marge": "50", "variante": "Wi-Fi"},
        {"designation": "Borne renforcée", "cout_ht": "200", "marge": "50", "variante": "Wi-Fi"},
        {"designation": "Supervision", "cout_ht": "10", "marge": "50"},
    ]
    chemin = ouvrir(produit, lignes)
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    total = page.locator("[data-t=total_ht]")
    expect(total).to_have_text("165,00\u00a0€")
    expect(page.locator(".qg-ligne [data-choix]")).to_have_text(["au choix", "au choix", ""])
    page.locator(".qg-ligne [data-caches]").nth(1).click()
    page.get_by_role("switch", name="Comptée dans le total").check()
    expect(total).to_have_text("315,00\u00a0€")
    bientot(lambda: produit.lire("manon", chemin)["totaux"]["total_ht"] == "315.00")
    page.locator(".qg-ligne [data-caches]").nth(2).click()
    expect(page.locator(".qg-detail")).to_have_count(2)
    page.locator(".qg-detail").last.get_by_role("switch", name="En option").check()
    expect(total).to_have_text("300,00\u00a0€")
    expect(page.locator(".qg-ligne [data-choix]")).to_have_text(["au choix", "au choix", "option"])
    bientot(lambda: produit.lire("manon", chemin)["totaux"]["total_ht"] == "300.00")
    assert [ligne["est_retenue"] for ligne in produit.lire("manon", chemin)["lignes"]] == [False, True, False]


def test_un_saut_de_page_se_pose_apres_la_ligne_en_cours(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [{"designation": nom, "cout_ht": "10", "marge": "50"} for nom in ("Un", "Deux")])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").click()
    page.get_by_role("button", name="Saut de page").click()
    bientot(lambda: [ligne["genre"] for ligne in produit.lire("manon", chemin)["lignes"]] == ["ligne", "saut", "ligne"])
    expect(page.locator("[data-t=total_ht]")).to_have_text("30,00\u00a0€")
    page.reload()
    saut = page.locator("[data-genre=saut]")
    expect(saut).to_be_visible()
    saut.get_by_role("button", name="Déplacer le saut de page").press("Alt+ArrowDown")
    bientot(lambda: [ligne["genre"] for ligne in produit.lire("manon", chemin)["lignes"]] == ["ligne", "ligne", "saut"])


def test_la_premiere_ligne_vient_du_clavier_seul(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Copieur A3 couleur")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Formation")
    bientot(lambda: designations(produit, chemin) == ["Copieur A3 couleur", "Formation"])


def test_un_produit_des_rayons_fait_sa_ligne_quand_aucune_n_est_choisie(produit: Produit, asseoir: Asseoir) -> None:
    catalogue = creer_catalogue(produit)
    chemin = ouvrir(produit, [{"designation": "Pose", "quantite": "1", "marge": "50"}])
    ranges = [{"produit_id": catalogue.camera["id"]}]
    bientot(lambda: produit.creer("manon", "/commercial/rayons", {"nom": "Caméras", "produits": ranges}))
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator("[data-rayon-produit]").click()
    expect(page.locator(".qg-ligne")).to_have_count(2)
    page.locator("[data-rayon-produit]").click()
    expect(page.locator(".qg-ligne")).to_have_count(3)
    lignes = produit.lire("manon", chemin)["lignes"]
    caches = [[cache["produit_id"] for cache in ligne["produits"]] for ligne in lignes]
    assert caches == [[], [catalogue.camera["id"]], [catalogue.camera["id"]]]
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").click()
    page.locator("[data-rayon-produit]").click()
    bientot(lambda: len(produit.lire("manon", chemin)["lignes"][0]["produits"]) == 1)
    expect(page.locator(".qg-ligne")).to_have_count(3)


def test_le_cout_des_produits_caches_se_reprend_d_un_geste(produit: Produit, asseoir: Asseoir) -> None:
    camera = creer_catalogue(produit).camera
    chemin = ouvrir(produit, [{"designation": "Vidéosurveillance", "quantite": "3", "marge": "50"}])
    ligne = produit.lire("manon", chemin)["lignes"][0]["id"]
    bientot(lambda: produit.creer("manon", f"{chemin}/lignes/{ligne}/produits", {"produit_id": camera["id"]}))
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator("[data-caches]").click()
    page.get_by_role("button", name="Reprendre ce coût").click()
    expect(page.get_by_role("button", name="Reprendre ce coût")).to_have_count(0)
    expect(page.locator("[data-champ=cout_ht]")).to_have_value("37,34")
    expect(page.locator("[data-t=total_ht]")).to_have_text("168,03\u00a0€")
    bientot(lambda: not produit.lire("manon", chemin)["lignes"][0]["alerte"])


@pytest.fixture
def marque_minimale(produit: Produit) -> Iterator[None]:
    """A margin under 10 % wants an approval, for the time of a test."""
    limites = "/commercial/seuils-marge"
    produit.api("helene", "PUT", limites, {"marque_min": "10"})
    yield
    produit.api("helene", "PUT", limites, {})


@pytest.mark.usefixtures("marque_minimale")
def test_l_approbation_se_demande_des_que_la_marge_baisse_et_plus_ensuite(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [{"designation": "Pose", "cout_ht": "100", "marge": "50"}])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    attente = page.get_by_text("À faire approuver")
    expect(attente).to_have_count(0)
    for marge, combien in (("5", 1), ("80", 0)):
        page.locator("[data-champ=marge]").fill(marge)
        page.locator("h1").click()
        expect(attente).to_have_count(combien)


def test_un_bouton_ne_se_derobe_pas_quand_la_ligne_quittee_se_referme(produit: Produit, asseoir: Asseoir) -> None:
    longue = "Baie 12U murale\nPorte vitrée\nVentilée\nSerrure"
    lignes = [{"designation": "Baie", "description": longue}, {"designation": "Nue"}, {"designation": "Prise"}]
    chemin = ouvrir(produit, lignes)
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    for quittee, champ, bouton in ((0, "description", 0), (0, "description", 2), (1, "designation", 2)):
        puce = page.locator(".qg-ligne [data-caches]").nth(bouton)
        page.locator(".qg-ligne").nth(quittee).locator(f"[data-champ={champ}]").click()
        puce.click()
        expect(puce).to_have_attribute("aria-expanded", "true")
        puce.click()
        expect(puce).to_have_attribute("aria-expanded", "false")


def test_une_designation_longue_se_lit_entiere_et_reste_une_seule_ligne(produit: Produit, asseoir: Asseoir) -> None:
    longue = "Vidéosurveillance du magasin : deux caméras dôme, un enregistreur et son écran, pose et réglages compris"
    chemin = ouvrir(produit, [{"designation": "Baie", "cout_ht": "10"}, {"designation": "Prise", "cout_ht": "1"}])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    premiere = page.locator(".qg-ligne [data-champ=designation]").first
    for largeur in (1440, 390):
        page.set_viewport_size({"width": largeur, "height": 900})
        premiere.fill(longue)
        assert premiere.evaluate("c => c.scrollWidth <= c.clientWidth && c.scrollHeight <= c.clientHeight + 1")
    premiere.press("End")
    premiere.press("Enter")
    expect(page.locator(".qg-ligne [data-champ=designation]").nth(1)).to_be_focused()
    bientot(lambda: designations(produit, chemin) == [longue, "Prise"])


def test_une_ligne_ecrite_a_la_main_peut_etre_un_service(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [{"designation": "Main d’œuvre", "cout_ht": "38", "marge": "50", "unite": "h"}])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne [data-caches]").click()
    nature = page.get_by_label("Nature", exact=True)
    expect(nature).to_have_value("bien")
    nature.select_option("service")
    bientot(lambda: produit.lire("manon", chemin)["lignes"][0]["nature"] == "service")
    page.reload()
    page.locator(".qg-ligne [data-caches]").click()
    expect(nature).to_have_value("service")
