"""Boards with a real mouse: a card dragged to another column or swimlane, refused, undone, seen by a colleague."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
TABLEAU = "/demandes/tableaux/commercial"


@pytest.fixture
def demande(produit: Produit) -> dict[str, Any]:
    """A demande that nobody has in charge, of a client of its own."""
    nom = f"Lycée des Cèdres {str(new_id())[-6:]}"
    tiers = produit.creer("claire", "/contacts/tiers", {"nom": nom, "roles": ["client"]})
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Visiophonie", "urgence": "urgente"}
    ouverte = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    return ouverte | {"nom": nom}


def carte(page: Page, demande: dict[str, Any]) -> Locator:
    return page.locator(f"[data-carte='{demande['id']}']")


def glisser(page: Page, depuis: Locator, vers: Locator) -> None:
    """Drag with the mouse, dropped near the top of the target."""
    depuis.scroll_into_view_if_needed()
    depart, cle = depuis.bounding_box(), depuis.get_attribute("id")
    assert depart is not None
    page.mouse.move(depart["x"] + 60, depart["y"] + 30)
    page.mouse.down()
    page.mouse.move(depart["x"] + 90, depart["y"] + 40, steps=4)
    arrivee = vers.bounding_box()
    assert arrivee is not None
    page.mouse.move(arrivee["x"] + 60, arrivee["y"] + 20, steps=12)
    expect(vers.locator(f"#{cle}")).to_be_attached()
    page.mouse.up()


def lue(produit: Produit, demande: dict[str, Any]) -> dict[str, Any]:
    return dict(produit.lire("claire", f"/demandes/demandes/{demande['id']}"))


@pytest.mark.feature("GW-12")
def test_glisser_change_l_etat_chez_tous_et_un_refus_ramene_la_carte(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    nicolas, claire = asseoir("nicolas", tolere=(409,)), asseoir("claire")
    for page in (nicolas, claire):
        page.goto(f"{TABLEAU}?couloirs=sans&q={demande['nom'][-6:]}")
    colonnes = nicolas.locator("[data-colonne]")
    glisser(nicolas, carte(nicolas, demande), colonnes.nth(1).locator("[data-cartes]"))
    bientot(lambda: lue(produit, demande)["etat_code"] == "attente_client")
    chez_claire = claire.locator("[data-colonne]").nth(1)
    expect(chez_claire.locator(f"[data-carte='{demande['id']}']")).to_have_attribute("data-auteur", "Nicolas")
    facturee = colonnes.nth(-2).locator("[data-cartes]")
    glisser(nicolas, carte(nicolas, demande), facturee)
    expect(nicolas.locator(".toast-danger")).to_contain_text("Attente client")
    expect(colonnes.nth(1).locator(f"[data-carte='{demande['id']}']")).to_be_visible()
    assert lue(produit, demande)["etat_code"] == "attente_client"


@pytest.mark.feature("DM-06")
def test_glisser_dans_le_couloir_d_un_collegue_lui_confie_la_demande(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    personnes = produit.lire("admin", "/contacts/collaborateurs")
    manon = next(p for p in personnes if p["prenom"] == "Manon")
    autre = {"type_code": "commercial", "tiers_id": demande["tiers_id"], "objet": "Badges", "urgence": "urgente"}
    produit.creer("claire", "/demandes/demandes", autre | {"responsable_id": manon["id"]})
    page = asseoir("manon")
    filtre = f"q={demande['nom'][-6:]}"
    page.goto(f"{TABLEAU}?{filtre}")
    page.get_by_role("button", name="Couloirs", exact=True).click()
    page.get_by_role("menuitem", name="Par personne").click()
    couloir = page.locator(f".bd-couloir[data-couloir='{manon['id']}']")
    expect(couloir.locator("[data-nombre-de]")).to_have_text("1")
    glisser(page, carte(page, demande), couloir.locator("[data-cartes]").nth(1))
    expect(couloir.locator("[data-nombre-de]")).to_have_text("2")
    bientot(lambda: lue(produit, demande)["responsable_id"] == manon["id"])
    assert lue(produit, demande)["etat_code"] == "attente_client"
    page.locator(".toast button").first.click()
    expect(couloir.locator("[data-nombre-de]")).to_have_text("1")
    bientot(lambda: lue(produit, demande)["responsable_id"] is None)
    assert lue(produit, demande)["etat_code"] == "devis_a_realiser"


def test_une_carte_hors_du_filtre_n_arrive_pas(produit: Produit, asseoir: Asseoir, demande: dict[str, Any]) -> None:
    page = asseoir("claire")
    page.goto(f"{TABLEAU}?couloirs=sans&q={demande['nom'][-6:]}")
    expect(carte(page, demande)).to_be_visible()
    ailleurs = produit.creer("claire", "/contacts/tiers", {"nom": f"Ailleurs {new_id()}", "roles": ["client"]})
    hors = {"type_code": "commercial", "tiers_id": ailleurs["id"], "objet": "Hors du filtre"}
    hors = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", hors)))
    dedans = {"type_code": "commercial", "tiers_id": demande["tiers_id"], "objet": "Dans le filtre"}
    dedans = produit.creer("claire", "/demandes/demandes", dedans)
    expect(carte(page, dedans)).to_be_visible()
    expect(carte(page, hors)).to_have_count(0)
