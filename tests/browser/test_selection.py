"""Rows ticked in a list: its foot says what they add up to, then what the whole filter does once none is ticked."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
MONTANTS = ("1000.10", "200.25", None)


def _affaires(produit: Produit) -> str:
    """Three affaires, one without amount; the word that finds them."""
    mot = f"Selection{str(new_id())[-8:]}"
    client: dict[str, Any] = produit.creer("claire", "/contacts/tiers", {"nom": f"Client {mot}", "roles": ["client"]})
    for rang, montant in enumerate(MONTANTS):
        corps = {"libelle": f"{mot} n° {rang}", "tiers_id": client["id"], "montant_ht": montant}
        bientot(partial(produit.creer, "manon", "/commercial/affaires", corps))
    return mot


def _dit(page: Page) -> list[str]:
    """The title, the sum and the count at the foot of the list, with plain spaces."""
    lus = [page.locator(f"#lignes {zone}").first.inner_text() for zone in ("[data-somme-titre]", "tfoot [data-somme]")]
    lus.append(page.locator("#lignes [data-somme-compte]").inner_text())
    return [" ".join(lu.split()) for lu in lus]


def test_le_pied_d_une_liste_dit_la_somme_des_lignes_cochees(asseoir: Asseoir, produit: Produit) -> None:
    mot = _affaires(produit)
    page = asseoir("manon")
    page.goto(f"/devis/affaires?q={mot}")
    rangees = page.locator("#lignes tbody tr[data-id]")
    expect(rangees).to_have_count(3)
    entier = ["Total", "1 200,35 €", "3 affaires"]
    assert _dit(page) == entier
    page.get_by_role("checkbox", name=f"Sélectionner {mot} n° 0").check()
    assert _dit(page) == ["Sélection", "1 000,10 €", "Sélection : 1 affaire"]
    page.get_by_role("checkbox", name=f"Sélectionner {mot} n° 2").check()
    assert _dit(page) == ["Sélection", "1 000,10 €", "Sélection : 2 affaires"]
    page.get_by_role("checkbox", name="Tout sélectionner").check()
    assert _dit(page) == ["Sélection", "1 200,35 €", "Sélection : 3 affaires"]
    page.get_by_role("checkbox", name="Tout sélectionner").uncheck()
    assert _dit(page) == entier


def test_au_clavier_et_au_telephone_la_somme_des_cochees_se_lit(asseoir: Asseoir, produit: Produit) -> None:
    mot = _affaires(produit)
    page = asseoir("manon", largeur=390)
    page.goto(f"/devis/affaires?q={mot}")
    expect(page.locator("#lignes tbody tr[data-id]")).to_have_count(3)
    for touche in ("j", "x", "j", "x"):
        page.keyboard.press(touche)
    expect(page.locator("#lignes tbody input:checked")).to_have_count(2)
    cochees = page.locator("#lignes tbody input:checked").evaluate_all("cases => cases.map((c) => c.dataset.sommes)")
    somme = sum(round(float(texte) * 100) for texte in cochees)
    pied = page.locator("#lignes .liste-pied")
    expect(pied).to_contain_text("Sélection")
    lu = " ".join(pied.locator("b").inner_text().split())
    assert int(lu.replace(" ", "").replace(",", "").removesuffix("€")) == somme
