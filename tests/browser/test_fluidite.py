"""The work of a keystroke in the line editor does not grow with the number of lines: counted, not timed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.browser.test_editeur import ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]

# What a person does not see: every node the page changes, and every field it reads again.
COMPTER = """() => {
  window.travail = { changes: 0, lectures: 0 };
  const compteur = new MutationObserver((vus) => (window.travail.changes += vus.length));
  const toutes = { childList: true, subtree: true, attributes: true, characterData: true };
  compteur.observe(document.body, toutes);
  for (const classe of [HTMLInputElement, HTMLTextAreaElement]) {
    const valeur = Object.getOwnPropertyDescriptor(classe.prototype, "value");
    const lire = function () { window.travail.lectures += 1; return valeur.get.call(this); };
    Object.defineProperty(classe.prototype, "value", { ...valeur, get: lire });
  }
}"""
REMETTRE = "() => Object.assign(window.travail, { changes: 0, lectures: 0 })"
LIRE = "() => new Promise((fini) => setTimeout(() => fini({ ...window.travail }), 0))"


def lignes(combien: int) -> list[dict[str, Any]]:
    """Sections of twenty-five rows."""
    return [
        {"genre": "section", "designation": f"Lot {rang}"}
        if rang % 25 == 0
        else {"designation": f"Prise {rang}", "cout_ht": "10", "marge": "50", "taux_tva": "20" if rang % 2 else "10"}
        for rang in range(combien)
    ]


def travail_d_une_touche(page: Page, chemin: str, combien: int) -> dict[str, int]:
    """What the second keystroke of a quantity costs, before anything is saved."""
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    expect(page.locator("[data-ligne]")).to_have_count(combien)
    quantite = page.locator("[data-champ=quantite]").nth(combien // 2)
    quantite.click()
    page.evaluate(COMPTER)
    page.keyboard.press("3")
    page.evaluate(REMETTRE)
    page.keyboard.press("7")
    compte: dict[str, int] = page.evaluate(LIRE)
    return compte


def test_le_travail_d_une_touche_ne_depend_pas_du_nombre_de_lignes(produit: Produit, asseoir: Asseoir) -> None:
    page = asseoir("manon")
    petit = travail_d_une_touche(page, ouvrir(produit, lignes(30)), 30)
    page.locator(".enregistrement.is-fait").wait_for()
    grand = travail_d_une_touche(page, ouvrir(produit, lignes(500)), 500)
    assert petit["changes"] > 0
    assert petit["lectures"] > 0
    assert grand["changes"] <= petit["changes"] + 5
    assert grand["lectures"] <= petit["lectures"] + 5
    page.locator(".enregistrement.is-fait").wait_for()


def test_les_totaux_bougent_juste_apres_chaque_touche(produit: Produit, asseoir: Asseoir) -> None:
    """Kept sums and sums made again agree: a quantity, a rate, a discount, a line taken away, another copied."""
    chemin = ouvrir(produit, lignes(52))
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    ligne = page.locator(".qg-ligne").nth(30)
    for champ, valeur in (("quantite", "12,5"), ("taux_tva", "5,5"), ("remise", "7"), ("marge", "33")):
        ligne.locator(f"[data-champ={champ}]").fill(valeur)
    ligne.locator("[data-champ=quantite]").press("Control+d")
    page.locator(".qg-ligne").nth(3).locator("[data-champ=quantite]").press("Control+Delete")
    page.locator(".qg-section input").nth(1).press("Alt+ArrowUp")
    page.locator(".enregistrement.is-fait").wait_for()
    tenus = page.locator("[data-totaux]").inner_text(), page.locator(".qg-section [data-total]").all_inner_texts()
    page.reload()
    page.locator("[data-ligne]").first.wait_for()
    assert "TVA 5,5" in tenus[0]
    assert (
        page.locator("[data-totaux]").inner_text(),
        page.locator(".qg-section [data-total]").all_inner_texts(),
    ) == tenus
