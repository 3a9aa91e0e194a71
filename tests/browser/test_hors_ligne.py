"""The scanning screen read again without a network, and what a shared tablet keeps for each person."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import Catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_lectures import badge, catalogue, lus, ouvrir, reception, scanner
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
Json = dict[str, Any]
__all__ = ["catalogue", "reception"]
COPIES = """async () => {
  const noms = (await caches.keys()).filter((nom) => nom.startsWith("amanela-reception-"));
  const copies = await Promise.all(noms.map(async (nom) => (await (await caches.open(nom)).keys()).map((r) => new URL(r.url).pathname)));
  return copies.flat();
}"""


def copies(page: Page) -> list[str]:
    """The paths of what this browser keeps for the network being down."""
    gardees: list[str] = page.evaluate(COPIES)
    return gardees


def garder(page: Page, reception: str) -> None:
    """Until the screen and what it runs are kept."""
    attendus = (f"/achats/receptions/{reception}", "/static/scan-", "/static/app-", "/static/icones-")
    bientot(lambda: all(any(c.startswith(a) for c in copies(page)) for a in attendus))


def se_connecter(page: Page, qui: str) -> None:
    """In this browser, after somebody else."""
    page.get_by_label("Identifiant").first.fill(qui)
    page.get_by_label("Mot de passe").first.fill(SECRET)
    page.get_by_role("button", name="Se connecter").click()
    page.locator(".moi").wait_for()


def se_deconnecter(page: Page) -> None:
    page.locator(".moi").click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    page.get_by_label("Identifiant").first.wait_for()


@pytest.mark.parametrize("largeur", [1440, 390])
def test_la_page_relue_sans_reseau_montre_ce_qui_attend_et_laisse_continuer(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str, largeur: int
) -> None:
    page = ouvrir(asseoir("sonia", largeur=largeur, coupures=True), reception)
    cable, camera = catalogue.cable["reference"], catalogue.camera["ean"]
    garder(page, reception)
    page.context.set_offline(True)
    scanner(page, cable, camera)
    expect(page.locator(".scan-liste .is-attente")).to_have_count(2)
    page.reload()
    expect(page.locator(".scan-liste .is-attente")).to_have_count(2)
    expect(badge(page)).to_contain_text("2 lectures en attente")
    expect(page.locator("[data-direct]")).to_contain_text("Connexion perdue")
    expect(page.locator("[data-scan-champ]")).to_be_focused()
    scanner(page, camera)
    expect(page.locator(".scan-liste .is-attente")).to_have_count(3)
    page.reload()
    expect(page.locator(".scan-liste .is-attente")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert lus(produit, reception) == []
    page.context.set_offline(False)
    expect(badge(page)).to_be_hidden()
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(3)
    assert lus(produit, reception) == [cable, camera, camera]


def test_seul_l_ecran_de_reception_est_garde(asseoir: Asseoir, reception: str) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    garder(page, reception)
    page.goto("/achats/receptions")
    page.goto("/achats/commandes")
    gardes = [c for c in copies(page) if not c.startswith("/static/")]
    assert gardes == [f"/achats/receptions/{reception}"]
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/achats/commandes")


def test_en_se_deconnectant_la_copie_part_et_les_lectures_attendent_leur_auteur(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue, reception: str
) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    cable, camera = catalogue.cable["reference"], catalogue.camera["ean"]
    garder(page, reception)
    page.route("**/scans", lambda route: route.abort())
    scanner(page, cable, cable)
    expect(badge(page)).to_contain_text("2 lectures en attente")
    se_deconnecter(page)
    bientot(lambda: copies(page) == [])

    page.unroute("**/scans")
    se_connecter(page, "thomas")
    ouvrir(page, reception)
    expect(badge(page)).to_have_text(re.compile(r"2 lectures en attente depuis \d\d:\d\d \(Sonia"))
    scanner(page, camera)
    expect(page.locator(".scan-liste .is-attendu")).to_have_count(1)
    assert lus(produit, reception) == [camera], "what Sonia read does not go under another name"
    se_deconnecter(page)

    se_connecter(page, "sonia")
    bientot(lambda: lus(produit, reception) == [camera, cable, cable])
    expect(badge(page)).to_be_hidden()
    lectures: list[Json] = produit.lire("sonia", f"/purchasing/receptions/{reception}/scans")
    noms = [lecture["lue_par"].split()[0] for lecture in sorted(lectures, key=lambda lecture: lecture["id"])]
    assert noms == ["Thomas", "Sonia", "Sonia"]


def test_qui_prend_la_tablette_sans_reseau_ne_lit_pas_la_page_d_un_autre(asseoir: Asseoir, reception: str) -> None:
    page = ouvrir(asseoir("sonia", coupures=True), reception)
    garder(page, reception)
    se_deconnecter(page)
    se_connecter(page, "thomas")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_FAILED"):
        page.goto(f"/achats/receptions/{reception}")
