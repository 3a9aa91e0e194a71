"""A supplier's file: how it is read is typed once, found again by naming the supplier, and its import tells itself when done."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]
COLONNES = {"reference": "Réf", "designation": "Nom", "prix_achat_ht": "PA"}


def _choisir(page: Page, nom: str) -> None:
    page.get_by_role("combobox", name="Fournisseur").fill(nom)
    page.locator(".combo-option").first.click()


def test_les_colonnes_d_un_fournisseur_reviennent_quand_on_le_choisit(
    produit: Produit, asseoir: Asseoir, tmp_path: Path
) -> None:
    fournisseur = creer_catalogue(produit).fournisseur
    tarif = tmp_path / "tarif.csv"
    tarif.write_text("Réf;Nom;PA\nX-1;Commutateur;1 234,50\n", encoding="utf-8")
    page = asseoir("thomas")
    page.goto("/achats/catalogues")
    _choisir(page, fournisseur["nom"])
    for champ, titre in COLONNES.items():
        page.locator(f"#profil [name={champ}]").fill(titre)
    page.get_by_label("Fichier", exact=True).set_input_files(tarif)
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("#imports")).to_contain_text("1 nouvelle")

    page.goto("/achats/catalogues")
    page.get_by_label("Fichier", exact=True).set_input_files(tarif)
    _choisir(page, fournisseur["nom"])
    expect(page.locator("#profil [name=reference]")).to_have_value("Réf")
    assert {champ: page.locator(f"#profil [name={champ}]").input_value() for champ in COLONNES} == COLONNES
    page.get_by_role("button", name="Essayer sans rien écrire").click()
    expect(page.locator("#imports")).to_contain_text("0 nouvelle, 0 modifiée, 0 écartée")
