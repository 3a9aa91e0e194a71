"""Names after @ in a note: the colleagues are offered, whoever is chosen is told, on a demande as on a contact."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.browser.test_ecrans import ouvrir
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
ELODIES = ("elodie-roche", "elodie-vallet")


@pytest.fixture(scope="module")
def elodies(produit: Produit) -> None:
    """Two colleagues with one first name."""
    for identifiant in ELODIES:
        nom = identifiant.removeprefix("elodie-").title()
        personne = {"nom": nom, "prenom": "Élodie", "email": f"{identifiant}@amanela.example", "fonction": "Vente"}
        cle = produit.creer("admin", "/contacts/collaborateurs", personne)["id"]
        compte = {"identifiant": identifiant, "nom": f"Élodie {nom}", "mot_de_passe": SECRET, "collaborateur_id": cle}
        produit.creer("admin", "/comptes", compte | {"roles": ["commercial"]})


def _client(produit: Produit, nom: str) -> dict[str, Any]:
    tiers: dict[str, Any] = {"nom": nom, "roles": ["client"], "adresses": [ANNECY]}
    return dict(produit.creer("claire", "/contacts/tiers", tiers))


def _noms(page: Page) -> list[str]:
    return page.get_by_role("option").locator("span").all_text_contents()


@pytest.mark.usefixtures("elodies")
def test_le_collegue_choisi_apres_arobase_est_prevenu_et_lui_seul(produit: Produit, asseoir: Asseoir) -> None:
    demande = ouvrir(produit, _client(produit, "Scierie de la Mandallaz")["id"], "Portail à motoriser")
    claire, elodie = asseoir("claire"), asseoir("elodie-vallet")
    claire.goto(f"/demandes/{demande['id']}")
    note = claire.get_by_label("Note")
    note.press_sequentially("Vu avec @elo")
    expect(claire.get_by_role("listbox", name="Collègues à prévenir")).to_be_visible()
    assert _noms(claire) == ["Élodie Roche", "Élodie Vallet"]
    expect(note).to_have_attribute("role", "combobox")
    note.press("ArrowDown")
    expect(note).to_have_attribute(
        "aria-activedescendant", str(claire.get_by_role("option").nth(1).get_attribute("id"))
    )
    note.press("Enter")
    expect(note).to_have_value("Vu avec @Élodie Vallet ")
    expect(claire.get_by_role("listbox")).to_be_hidden()
    note.press_sequentially("et a@elodie.fr")
    expect(claire.get_by_role("listbox")).to_be_hidden()
    claire.get_by_role("button", name="Publier").click()
    expect(elodie.locator("[data-cloche]")).to_have_attribute("aria-label", "Notifications, 1\u00a0non lue")
    elodie.goto("/notifications")
    expect(elodie.locator("main")).to_contain_text(f"vous cite dans {demande['numero']}")
    autre = asseoir("elodie-roche")
    autre.goto("/notifications")
    expect(autre.locator("main")).not_to_contain_text(demande["numero"])


@pytest.mark.usefixtures("elodies")
def test_au_doigt_sur_un_contact_et_la_liste_se_ferme(produit: Produit, asseoir: Asseoir) -> None:
    tiers = _client(produit, "Fruitière de Choisy")
    claire = asseoir("claire", largeur=390, tactile=True)
    claire.goto(f"/contacts/{tiers['id']}/echanges")
    note, liste = claire.get_by_label("Ce qui a été dit"), claire.get_by_role("listbox")
    note.tap()
    note.press_sequentially("@")
    expect(liste).to_be_visible()
    assert "Claire Test" not in _noms(claire)
    note.press("Escape")
    expect(liste).to_be_hidden()
    assert note.get_attribute("role") is None
    note.press_sequentially("roc")
    expect(liste).to_be_hidden()
    note.fill("")
    note.press_sequentially("Devis à revoir @roc")
    expect(liste).to_be_visible()
    boite = liste.bounding_box()
    assert boite is not None
    assert boite["x"] >= 0
    assert boite["x"] + boite["width"] <= 390
    claire.get_by_role("option", name="Élodie Roche").tap()
    expect(note).to_have_value("Devis à revoir @Élodie Roche ")
    expect(note).to_be_focused()
    roche, vallet = asseoir("elodie-roche"), asseoir("elodie-vallet")
    claire.get_by_role("button", name="Noter").tap()
    expect(roche.locator("[data-cloche]")).to_have_attribute("aria-label", "Notifications, 1\u00a0non lue")
    for page in (roche, vallet):
        page.goto("/notifications")
    expect(roche.locator("main")).to_contain_text(f"vous cite sur {tiers['nom']}")
    expect(vallet.locator("main")).not_to_contain_text(tiers["nom"])
