"""Two people on one record: what each typed joins; a field both changed is shown, and the person chooses."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]


def contenu(produit: Produit, chemin: str) -> list[tuple[str, str]]:
    return [(ligne["designation"], ligne["quantite"]) for ligne in produit.lire("manon", chemin)["lignes"]]


def un_autre_enregistre(produit: Produit, chemin: str, **quantites: str) -> list[dict[str, Any]]:
    """Somebody else changes quantities by designation; "" removes the line, an unknown one is added at the end."""
    lignes = produit.lire("manon", chemin)["lignes"]
    champs = ("id", "designation", "cout_ht", "marge", "quantite", "taux_tva")
    gardees = [{nom: ligne[nom] for nom in champs} for ligne in lignes if quantites.get(ligne["designation"]) != ""]
    for ligne in gardees:
        ligne["quantite"] = quantites.pop(ligne["designation"], ligne["quantite"])
    gardees += [{"designation": nom, "quantite": quantite} for nom, quantite in quantites.items() if quantite]
    produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": gardees})
    return gardees


def sans_direct(page: Page) -> Page:
    """The stream does not reach her: she learns of the others' changes when she saves."""
    page.route("**/live", lambda route: route.fulfill(status=204))
    return page


def preparer(produit: Produit, asseoir: Asseoir) -> tuple[Page, str]:
    lignes = [{"designation": nom, "cout_ht": "10", "marge": "50"} for nom in ("Un", "Deux", "Trois")]
    chemin = ouvrir(produit, lignes)
    page = sans_direct(asseoir("manon", tolere=(409,)))
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").click()
    return page, chemin


def test_ce_que_chacun_a_change_se_rejoint(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = preparer(produit, asseoir)
    un_autre_enregistre(produit, chemin, Deux="4", Trois="", Quatre="9")
    page.keyboard.type("7")
    page.locator(".qg-ligne").nth(0).locator("[data-champ=designation]").press("Control+Enter")
    page.keyboard.type("Ajoutée ici")
    attendu = {("Un", "7.000"), ("Deux", "4.000"), ("Quatre", "9.000"), ("Ajoutée ici", "1.000")}
    bientot(lambda: set(contenu(produit, chemin)) == attendu)
    expect(page.locator(".qg-ligne")).to_have_count(4)
    expect(page.locator(".qg-ligne").nth(2).locator("[data-champ=quantite]")).to_have_value("4")
    page.locator(".enregistrement.is-fait").wait_for()
    tenu = page.locator("[data-t=total_ht]").inner_text()
    page.reload()
    expect(page.locator("[data-t=total_ht]")).to_have_text(tenu)


@pytest.mark.parametrize(("choix", "gardee"), [("Votre saisie", "7.000"), ("Enregistré entre-temps", "5.000")])
def test_un_champ_change_des_deux_cotes_se_choisit(produit: Produit, asseoir: Asseoir, choix: str, gardee: str) -> None:
    page, chemin = preparer(produit, asseoir)
    un_autre_enregistre(produit, chemin, Un="5", Deux="4")
    page.keyboard.type("7")
    dialogue = page.locator("#conflit[open]")
    expect(dialogue.get_by_role("group", name="Un : Quantité")).to_be_visible()
    expect(dialogue.get_by_role("group")).to_have_count(1)
    dialogue.get_by_role("radio", name=choix).check()
    dialogue.get_by_role("button", name="Garder ces choix").click()
    bientot(lambda: contenu(produit, chemin) == [("Un", gardee), ("Deux", "4.000"), ("Trois", "1.000")])


def test_une_ligne_supprimee_ailleurs_mais_saisie_ici_n_est_pas_perdue(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = preparer(produit, asseoir)
    un_autre_enregistre(produit, chemin, Un="", Trois="2")
    page.keyboard.type("7")
    bientot(lambda: set(contenu(produit, chemin)) == {("Un", "7.000"), ("Deux", "1.000"), ("Trois", "2.000")})


def garnir(produit: Produit, *designations: str) -> tuple[str, str]:
    """A proposition of these lines, each with one hidden product; its address, and that product."""
    camera: dict[str, Any] = creer_catalogue(produit).camera
    bientot(lambda: len(produit.lire("manon", "/commercial/produits", q=camera["reference"])) == 1)
    caches = [{"produit_id": camera["id"], "quantite": "1"}]
    return ouvrir(produit, [{"designation": nom, "cout_ht": "10", "produits": caches} for nom in designations]), camera[
        "id"
    ]


def test_une_ligne_supprimee_ici_mais_garnie_ailleurs_n_est_pas_perdue(produit: Produit, asseoir: Asseoir) -> None:
    chemin, camera = garnir(produit, "Un", "Deux", "Trois")
    page = sans_direct(asseoir("manon", tolere=(409,)))
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne").nth(2).locator("[data-champ=quantite]").click()
    _, deux, _ = produit.lire("manon", chemin)["lignes"]
    produit.api("manon", "POST", f"{chemin}/lignes/{deux['id']}/produits", {"produit_id": camera, "quantite": "5"})
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").focus()
    for _ in range(2):  # the second line has the focus once the first is gone
        page.keyboard.press("Control+Delete")
    bientot(lambda: contenu(produit, chemin) == [("Deux", "1.000"), ("Trois", "1.000")])
    expect(page.locator(".qg-ligne")).to_have_count(2)
    (garni,) = produit.lire("manon", chemin)["lignes"][0]["produits"]
    assert float(garni["quantite"]) == 6


def test_un_produit_cache_pose_pendant_qu_un_autre_enregistre_ne_lui_efface_rien(
    produit: Produit, asseoir: Asseoir
) -> None:
    chemin, _ = garnir(produit, "Un", "Deux")
    page = sans_direct(asseoir("manon", tolere=(409,)))
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne [data-caches]").first.click()
    quantite = page.locator(".qg-detail [data-cache-champ=quantite]").first
    quantite.wait_for()
    un_autre_enregistre(produit, chemin, Deux="4")
    quantite.fill("3")
    quantite.blur()
    bientot(lambda: produit.lire("manon", chemin)["lignes"][0]["produits"][0]["quantite"] == "3.000")
    page.locator(".qg-ligne").first.locator("[data-champ=quantite]").fill("7")
    bientot(lambda: contenu(produit, chemin)[0] == ("Un", "7.000"))
    assert contenu(produit, chemin)[1] == ("Deux", "4.000")


def test_une_demande_changee_des_deux_cotes_montre_les_deux_valeurs_et_garde_celle_choisie(
    produit: Produit, asseoir: Asseoir
) -> None:
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": "Lycée des Pins", "roles": ["client"], "adresses": [ANNECY]}
    )
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Visiophonie"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    chemin = f"/demandes/demandes/{demande['id']}"
    page = asseoir("claire", largeur=390, tolere=(409, 422))
    page.goto(f"/demandes/{demande['id']}/modifier")
    change = {"objet": "Visiophonie du gymnase", "description": "Entrée par la cour", "urgence": "haute"}
    produit.api("manon", "PUT", chemin, change)
    page.get_by_label("Objet").fill("Visiophonie de l’internat")
    page.get_by_label("Description").fill("Badge chez le gardien")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("Modifié des deux côtés")
    objet, description = (page.get_by_role("group", name=nom, exact=True) for nom in ("Objet", "Description"))
    expect(objet.get_by_role("radio", name="Votre saisie")).to_be_focused()
    expect(page.locator("main").get_by_text("Modifié des deux côtés")).to_be_in_viewport()
    expect(description.get_by_role("radio", name="Enregistré entre-temps Entrée par la cour")).to_be_visible()
    objet.get_by_text("Visiophonie du gymnase").click()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/demandes/{demande['id']}")
    gardee = produit.lire("claire", chemin)
    attendu = ("Visiophonie du gymnase", "Badge chez le gardien", "haute")
    assert (gardee["objet"], gardee["description"], gardee["urgence"]) == attendu
