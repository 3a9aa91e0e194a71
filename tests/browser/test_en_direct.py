"""Two people write one proposition: each sees at once what the other saved, and loses nothing of what she types."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_conflit import un_autre_enregistre
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def champ(page: Page, rang: int, nom: str) -> Any:
    return page.locator(".qg-ligne").nth(rang).locator(f"[data-champ={nom}]")


@pytest.fixture
def chemin(produit: Produit) -> str:
    return ouvrir(produit, [{"designation": nom, "cout_ht": "10", "marge": "50"} for nom in ("Un", "Deux", "Trois")])


def deux_pages(asseoir: Asseoir, chemin: str) -> tuple[Page, Page]:
    pages = asseoir("manon", tolere=(409,)), asseoir("helene", tolere=(409,))
    for page in pages:
        page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
        expect(page.locator("[data-direct]")).to_have_attribute("data-etat", "direct")
    return pages


def test_ce_que_l_une_enregistre_l_autre_le_voit_aussitot(produit: Produit, asseoir: Asseoir, chemin: str) -> None:
    manon, helene = deux_pages(asseoir, chemin)
    champ(manon, 0, "description").fill("Posé en hauteur")
    manon.locator(".enregistrement.is-fait").wait_for()
    champ(manon, 0, "designation").click()
    champ(helene, 1, "quantite").fill("4")
    expect(champ(manon, 1, "quantite")).to_have_value("4")
    expect(manon.locator("td.is-autrui [data-champ=quantite]")).to_have_value("4")
    expect(manon.locator("[data-enregistrement]")).to_have_text("Helene : 1 ligne modifiée")
    expect(manon.locator("[data-t=total_ht]")).to_have_text("90,00\u00a0€")
    expect(champ(manon, 0, "designation")).to_be_focused()
    champ(helene, 1, "quantite").press("Control+Enter")
    helene.keyboard.type("Quatre")
    expect(manon.locator(".qg-ligne")).to_have_count(4)
    expect(champ(manon, 2, "designation")).to_have_value("Quatre")
    expect(champ(manon, 0, "designation")).to_be_focused()
    manon.keyboard.press("Control+z")  # undoes her own word, nothing of the other's
    expect(champ(manon, 0, "description")).to_have_value("")
    bientot(lambda: not produit.lire("manon", chemin)["lignes"][0]["description"])
    expect(manon.locator(".qg-ligne")).to_have_count(4)
    lignes = produit.lire("manon", chemin)["lignes"]
    assert [(ligne["designation"], float(ligne["quantite"])) for ligne in lignes] == [
        *(("Un", 1), ("Deux", 4), ("Quatre", 1), ("Trois", 1))
    ]


def test_une_saisie_remplacee_par_l_autre_est_dite_et_se_remet(produit: Produit, asseoir: Asseoir, chemin: str) -> None:
    manon, helene = deux_pages(asseoir, chemin)
    champ(manon, 0, "quantite").fill("7")
    expect(champ(helene, 0, "quantite")).to_have_value("7")
    champ(helene, 0, "quantite").fill("5")
    avis = manon.locator(".toast", has_text="Helene a remplacé votre saisie, Quantité de « Un\u00a0»\u00a0: 7 → 5")
    expect(avis).to_be_visible()
    expect(champ(manon, 0, "quantite")).to_have_value("5")
    avis.get_by_role("button", name="Remettre la mienne").click()
    expect(champ(helene, 0, "quantite")).to_have_value("7")
    bientot(lambda: float(produit.lire("manon", chemin)["lignes"][0]["quantite"]) == 7)


def test_ce_qui_est_saisi_part_et_rejoint_ce_que_l_autre_enregistre(
    produit: Produit, asseoir: Asseoir, chemin: str
) -> None:
    manon, _ = deux_pages(asseoir, chemin)
    champ(manon, 2, "description").click()
    manon.keyboard.type("Au fond du couloir, ", delay=20)
    un_autre_enregistre(produit, chemin, Un="9", Deux="")
    manon.keyboard.type("à gauche", delay=20)
    expect(manon.locator(".qg-ligne")).to_have_count(2)
    expect(champ(manon, 0, "quantite")).to_have_value("9")
    expect(champ(manon, 1, "description")).to_be_focused()
    attendu = [("Un", 9.0, ""), ("Trois", 1.0, "Au fond du couloir, à gauche")]
    bientot(
        lambda: (
            [
                (ligne["designation"], float(ligne["quantite"]), ligne["description"])
                for ligne in produit.lire("manon", chemin)["lignes"]
            ]
            == attendu
        )
    )


def test_ce_qui_entoure_les_lignes_change_sans_rien_deplacer(produit: Produit, asseoir: Asseoir, chemin: str) -> None:
    manon, _ = deux_pages(asseoir, chemin)
    champ(manon, 0, "designation").click()
    lue = produit.lire("helene", chemin)
    produit.api("helene", "PUT", chemin, {"objet": "Câblage, suite", "valide_jusqu_au": lue["valide_jusqu_au"]})
    expect(manon.locator("#perime")).to_contain_text("Fiche modifiée par Helene")
    expect(champ(manon, 0, "designation")).to_be_focused()
    champ(manon, 0, "quantite").fill("3")  # on the version she was told of: no conflict
    bientot(lambda: float(produit.lire("manon", chemin)["lignes"][0]["quantite"]) == 3)
    expect(manon.locator("#conflit[open]")).to_have_count(0)
