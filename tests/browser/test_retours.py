"""Undo and redo in the line editor, across typing, deletions, moves and copies, saved or not."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import designations, ouvrir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def a_l_ecran(page: Page) -> list[str]:
    lus: list[str] = page.locator("[data-ligne] [data-champ=designation]").evaluate_all("c => c.map(e => e.value)")
    return lus


def test_chaque_geste_s_annule_et_se_retablit(produit: Produit, asseoir: Asseoir) -> None:
    lignes = [{"designation": nom, "cout_ht": "100", "marge": "50"} for nom in ("Un", "Deux", "Trois")]
    chemin = ouvrir(produit, lignes)
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    total = page.locator("[data-t=total_ht]")
    champ = page.locator(".qg-ligne").first.locator("[data-champ=quantite]")
    champ.click()
    page.keyboard.type("12")
    etats: list[tuple[list[str], str]] = [
        (["Un", "Deux", "Trois"], "450,00\u00a0€"),
        (a_l_ecran(page), total.inner_text()),
    ]
    page.locator(".qg-ligne").nth(1).locator("[data-champ=designation]").fill("Second")
    etats.append((a_l_ecran(page), total.inner_text()))
    page.locator(".qg-ligne").nth(2).locator("[data-champ=quantite]").press("Alt+ArrowUp")
    etats.append((a_l_ecran(page), total.inner_text()))
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").press("Control+d")
    etats.append((a_l_ecran(page), total.inner_text()))
    page.locator(".qg-ligne").nth(2).locator("[data-champ=quantite]").press("Control+Delete")
    etats.append((a_l_ecran(page), total.inner_text()))
    assert len({str(etat) for etat in etats}) == 6
    for designe, montant in reversed(etats[:-1]):
        page.keyboard.press("Control+z")
        expect(total).to_have_text(montant)
        assert a_l_ecran(page) == designe
    expect(page.get_by_role("button", name="Annuler la dernière modification")).to_be_disabled()
    for designe, montant in etats[1:]:
        page.keyboard.press("Control+Shift+z")
        expect(total).to_have_text(montant)
        assert a_l_ecran(page) == designe
    bientot(lambda: designations(produit, chemin) == etats[-1][0])


def test_une_ligne_supprimee_et_enregistree_revient_avec_ses_produits(produit: Produit, asseoir: Asseoir) -> None:
    camera: dict[str, Any] = creer_catalogue(produit).camera
    bientot(lambda: len(produit.lire("manon", "/commercial/produits", q=camera["reference"])) == 1)
    caches = [{"produit_id": camera["id"], "quantite": "3", "note": "Objectif 4 mm"}]
    chemin = ouvrir(produit, [{"designation": "Vidéo", "cout_ht": "10", "produits": caches}, {"designation": "Pose"}])
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").press("Control+Delete")
    bientot(lambda: designations(produit, chemin) == ["Pose"])
    page.locator(".enregistrement.is-fait").wait_for()
    page.get_by_role("button", name="Annuler la dernière modification").click()
    bientot(lambda: designations(produit, chemin) == ["Vidéo", "Pose"])
    (cache,) = produit.lire("manon", chemin)["lignes"][0]["produits"]
    assert (cache["produit_id"], cache["quantite"], cache["note"]) == (camera["id"], "3.000", "Objectif 4 mm")
