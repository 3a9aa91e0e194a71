"""The answer to a code does not weigh more when hundreds of lines are expected: what the browser restyles is counted."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.kernel.ids import new_id
from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.browser.projet import commander

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
LIGNES = 120


def restylees(navigateur: Browser, page: Page, code: str, trace: Path) -> int:
    """Elements whose style is computed again between a code and its answer; the table below follows later."""
    reponses = page.locator(".scan-liste li")
    avant = reponses.count()
    navigateur.start_tracing(page=page, path=trace, categories=["devtools.timeline"])
    page.keyboard.insert_text(code)
    page.keyboard.press("Enter")
    expect(reponses).to_have_count(avant + 1)
    navigateur.stop_tracing()
    evenements = json.loads(trace.read_text())["traceEvents"]
    return sum(e["args"].get("elementCount", 0) for e in evenements if e["name"] == "UpdateLayoutTree")


@pytest.mark.feature("PU-21")
def test_la_reponse_a_un_code_ne_reecrit_pas_la_page(produit: Produit, asseoir: Asseoir, tmp_path: Path) -> None:
    catalogue, suffixe = creer_catalogue(produit), str(new_id())[-6:].upper()
    articles = [
        produit.creer(
            "thomas",
            "/inventory/produits",
            {"reference": f"P{rang:03d}-{suffixe}", "designation": f"Prise {rang}", "prix_achat_ht": "3"},
        )
        for rang in range(LIGNES)
    ]
    commande = commander(produit, catalogue.fournisseur, [(article, "5") for article in articles])
    reception = produit.creer("sonia", "/purchasing/receptions", {"commande_ids": [commande["id"]]})
    page = asseoir("sonia")
    page.goto(f"/achats/receptions/{reception['id']}")
    expect(page.locator("tr.rc-ligne")).to_have_count(LIGNES)
    expect(page.locator("[data-scan-champ]")).to_be_focused()
    navigateur = page.context.browser
    assert navigateur is not None
    compte = restylees(navigateur, page, articles[7]["reference"], tmp_path / "trace.json")
    assert 0 < compte < LIGNES * 2  # a line has some twenty elements: the whole table would be thousands
    expect(page.locator("tr.rc-ligne").nth(7)).to_contain_text("Reste 4")


@pytest.mark.feature("PU-23")
def test_au_telephone_ce_qu_un_code_demande_est_sous_les_yeux(produit: Produit, asseoir: Asseoir) -> None:
    catalogue = creer_catalogue(produit)
    commande = commander(produit, catalogue.fournisseur, [(catalogue.cable, "20")])
    reception = produit.creer("sonia", "/purchasing/receptions", {"commande_ids": [commande["id"]]})
    page = asseoir("sonia")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/achats/receptions/{reception['id']}")
    expect(page.locator("[data-scan-champ]")).to_be_focused()
    lues = page.locator(".scan-liste li")
    for rang, code in enumerate(
        [catalogue.cable["reference"]] * 8 + ["0000000000000", catalogue.camera["reference"]], 1
    ):
        page.keyboard.insert_text(code)
        page.keyboard.press("Enter")
        expect(lues).to_have_count(rang)
    accepter = page.get_by_role("button", name="Accepter le surplus")
    expect(accepter).to_be_in_viewport()
    expect(page.get_by_role("button", name="Laisser de côté 0000000000000")).to_be_attached()
    suivi, liste = page.locator("#suivi").bounding_box(), page.locator(".scan-liste").bounding_box()
    assert suivi is not None
    assert liste is not None
    assert suivi["y"] + suivi["height"] <= liste["y"]
