"""The line editor in a real browser: whole sections moved, copied and folded; options and variants; nothing typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def ouvrir(produit: Produit, lignes: list[dict[str, Any]]) -> str:
    """A draft with these lines; its path in the API."""
    tiers = produit.creer("claire", "/contacts/tiers", {"nom": "Lycée Gabriel-Fauré", "roles": ["client"]})
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
    page.locator(".qg-ligne [data-caches]").nth(1).click()
    page.get_by_role("switch", name="Comptée dans le total").check()
    expect(total).to_have_text("315,00\u00a0€")
    bientot(lambda: produit.lire("manon", chemin)["totaux"]["total_ht"] == "315.00")
    page.locator(".qg-ligne [data-caches]").nth(2).click()
    expect(page.locator(".qg-detail")).to_have_count(2)
    page.locator(".qg-detail").last.get_by_role("switch", name="En option").check()
    expect(total).to_have_text("300,00\u00a0€")
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
