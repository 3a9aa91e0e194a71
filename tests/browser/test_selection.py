"""Rows ticked in a list: its foot says what they add up to, then what the whole filter does once none is ticked."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
MONTANTS = ("1000.10", "200.25", None)


def _affaires(produit: Produit) -> str:
    """Three affaires, one without amount; the word that finds them."""
    mot = f"Selection{str(new_id())[-8:]}"
    client: dict[str, Any] = produit.creer(
        "claire", "/contacts/tiers", {"nom": f"Client {mot}", "roles": ["client"], "adresses": [ANNECY]}
    )
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


def test_le_carnet_d_adresses_se_coche_se_compte_et_montre_les_colonnes_choisies(
    asseoir: Asseoir, produit: Produit
) -> None:
    mot = f"Carnet{str(new_id())[-8:]}"
    for rang, role in enumerate(("client", "client", "fournisseur")):
        corps = {"nom": f"{mot} n° {rang}", "roles": [role], "email": f"accueil@{mot}-{rang}.fr"}
        produit.creer("claire", "/contacts/tiers", corps)
    page = asseoir("claire")
    page.goto(f"/contacts/clients?q={mot}")
    rangees = page.locator("#lignes tbody tr[data-id]")
    expect(rangees).to_have_count(2)
    assert _dit(page) == ["Total", "0,00 €", "2 contacts"]
    page.get_by_role("checkbox", name=f"Sélectionner {mot} n° 1").check()
    assert _dit(page) == ["Sélection", "0,00 €", "Sélection : 1 contact"]
    courriel = f"accueil@{mot}-0.fr".lower()
    expect(page.get_by_text(courriel)).to_be_visible()
    page.get_by_role("link", name="Colonnes").click()
    page.get_by_role("checkbox", name="E-mail").uncheck(force=True)
    page.get_by_role("dialog").get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".toast")).to_contain_text("Colonnes enregistrées")
    expect(page.get_by_text(courriel)).to_be_hidden()
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Exporter toute la liste en CSV").click()
    texte = attendu.value.path().read_text("utf-8-sig")
    assert texte.splitlines()[0] == "Nom;Type;Ville;Téléphone;Encours TTC;Code;Organisme public"
    assert sorted(ligne.split(";")[0] for ligne in texte.splitlines()[1:]) == [f"{mot} n° 0", f"{mot} n° 1"]
