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
