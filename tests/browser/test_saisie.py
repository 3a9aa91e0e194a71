"""What is typed is kept to be saved until it is; rows dragged move as they look; hidden products are undone like the rest."""

import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import designations, ouvrir, titre

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]
SECTIONS = [
    {"genre": "section", "designation": "Baie"},
    {"designation": "Coffret", "cout_ht": "100", "marge": "50"},
    {"designation": "Bandeau", "cout_ht": "20", "marge": "50"},
    {"genre": "section", "designation": "Prises"},
    {"designation": "Prise RJ45", "cout_ht": "10", "marge": "50"},
]


def devis(
    produit: Produit, asseoir: Asseoir, lignes: list[dict[str, Any]], *, tolere: tuple[int, ...] = ()
) -> tuple[Page, str]:
    chemin = ouvrir(produit, lignes)
    page = asseoir("manon", tolere=tolere)
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    return page, chemin


def test_un_service_absent_est_redemande_sans_rien_perdre(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, [{"designation": "Baie", "cout_ht": "10"}], tolere=(503,))
    absences = [0]

    def absent(route: Route) -> None:
        if route.request.method != "PUT" or absences[0]:
            return route.continue_()
        absences[0] += 1
        route.fulfill(status=503, content_type="application/problem+json", body='{"detail": "Service absent."}')
        return None

    page.route("**/lignes", absent)
    page.locator(".qg-ligne [data-champ=quantite]").fill("8")
    expect(page.locator("[data-enregistrement]")).to_have_text("Non enregistré : nouvel essai dans 5 s")
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    assert produit.lire("manon", chemin)["lignes"][0]["quantite"] == "8.000"


def test_une_saisie_refusee_se_dit_et_retient_qui_part(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, [{"designation": "Baie", "cout_ht": "10"}], tolere=(422,))
    quantite = page.locator(".qg-ligne [data-champ=quantite]")
    quantite.fill("9999999")
    expect(page.locator("[data-enregistrement]")).to_have_text("Non enregistré")
    retenues: list[str] = []

    def rester(dialogue: Dialog) -> None:
        retenues.append(dialogue.type)
        dialogue.dismiss()

    page.on("dialog", rester)
    page.close(run_before_unload=True)
    bientot(lambda: page.evaluate("1") and retenues == ["beforeunload"])
    quantite.fill("9")
    bientot(lambda: produit.lire("manon", chemin)["lignes"][0]["quantite"] == "9.000")


def nommee(page: Page, designation: str) -> Locator:
    """The row of that name, where it stands now."""
    noms: list[str] = page.locator("[data-corps] [data-champ=designation]").evaluate_all("c => c.map(e => e.value)")
    porteuses = page.locator("[data-corps] > tr").filter(has=page.locator("[data-champ=designation]"))
    return porteuses.nth(noms.index(designation))


def glisser(page: Page, de: str, vers: str, *, bas: bool) -> None:
    """Drag a row by its handle, with the mouse, to the upper or the lower part of another."""
    rangee, cible = nommee(page, de), nommee(page, vers)
    rangee.hover()
    poignee = rangee.locator("[data-poignee]").bounding_box()
    assert poignee is not None
    page.mouse.move(poignee["x"] + 5, poignee["y"] + 5)
    page.mouse.down()
    page.mouse.move(poignee["x"] + 7, poignee["y"] + 12, steps=4)
    page.mouse.move(poignee["x"] + 7, poignee["y"] + 5, steps=2)
    arrivee = cible.bounding_box()
    assert arrivee is not None
    page.mouse.move(arrivee["x"] + 30, arrivee["y"] + arrivee["height"] * (0.85 if bas else 0.15), steps=14)
    page.mouse.up()


def test_une_ligne_et_une_section_se_glissent(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, SECTIONS)
    glisser(page, "Bandeau", "Coffret", bas=False)
    bientot(lambda: designations(produit, chemin) == ["Baie", "Bandeau", "Coffret", "Prises", "Prise RJ45"])
    glisser(page, "Prises", "Baie", bas=False)
    retournees = ["Prises", "Prise RJ45", "Baie", "Bandeau", "Coffret"]
    bientot(lambda: designations(produit, chemin) == retournees)
    expect(page.locator(".qg-ligne:visible")).to_have_count(3)
    titre(page, "Baie").focus()
    page.keyboard.press("Control+.")
    glisser(page, "Baie", "Prises", bas=False)
    bientot(lambda: designations(produit, chemin) == ["Baie", "Bandeau", "Coffret", "Prises", "Prise RJ45"])
    expect(page.locator(".qg-ligne:visible")).to_have_count(1)
    page.keyboard.press("Control+z")
    bientot(lambda: designations(produit, chemin) == retournees)


def test_une_section_lachee_dans_une_autre_ne_la_coupe_pas(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, SECTIONS)
    glisser(page, "Prises", "Coffret", bas=False)
    bientot(lambda: designations(produit, chemin) == ["Prises", "Prise RJ45", "Baie", "Coffret", "Bandeau"])


def test_un_produit_cache_s_annule_et_se_retablit(produit: Produit, asseoir: Asseoir) -> None:
    camera = creer_catalogue(produit).camera
    page, chemin = devis(produit, asseoir, [{"designation": "Caméra posée", "cout_ht": "100", "marge": "50"}])

    def caches() -> list[tuple[str, str]]:
        return [(p["quantite"], p["note"]) for p in produit.lire("manon", chemin)["lignes"][0]["produits"]]

    page.locator(".qg-ligne [data-caches]").click()
    recherche = page.locator(".qg-detail [data-combo-produit]")
    recherche.fill(camera["reference"])
    page.get_by_role("option").filter(has_text=camera["reference"]).first.click()
    bientot(lambda: caches() == [("1.000", "")])
    quantite = page.locator("[data-cache-champ=quantite]")
    quantite.fill("4")
    quantite.press("Tab")
    bientot(lambda: caches() == [("4.000", "")])
    page.locator("[data-annuler]").click()
    bientot(lambda: caches() == [("1.000", "")])
    page.locator("[data-annuler]").click()
    bientot(lambda: caches() == [])
    page.locator("[data-retablir]").click()
    page.locator("[data-retablir]").click()
    bientot(lambda: caches() == [("4.000", "")])
    expect(page.locator(".qg-ligne [data-caches]")).to_have_attribute("aria-label", re.compile("Produits cachés : 1"))


def test_la_suite_d_un_texte_reste_imprimee(produit: Produit, asseoir: Asseoir) -> None:
    lignes = [
        {"genre": "commentaire", "designation": "Hors gros œuvre", "description": "Percements à votre charge"},
        {"genre": "section", "designation": "Baie", "description": "Au sous-sol"},
        {"designation": "Coffret", "cout_ht": "100", "marge": "50"},
    ]
    page, chemin = devis(produit, asseoir, lignes)
    expect(page.get_by_label("Suite du texte")).to_have_value("Percements à votre charge")
    page.locator(".qg-ligne [data-champ=quantite]").fill("2")
    bientot(lambda: produit.lire("manon", chemin)["lignes"][2]["quantite"] == "2.000")
    assert [ligne["description"] for ligne in produit.lire("manon", chemin)["lignes"]] == [
        "Percements à votre charge", "Au sous-sol", "",
    ]  # fmt: skip


def test_une_ligne_vendue_au_prix_d_achat_se_voit(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, [{"designation": "Enregistreur", "cout_ht": "398"}])
    marque = page.locator(".qg-ligne").get_by_text("prix à fixer")
    expect(marque).to_be_visible()
    page.locator(".qg-ligne [data-champ=marge]").fill("30")
    expect(marque).to_be_hidden()
    page.locator(".qg-ligne [data-champ=marge]").fill("0")
    expect(marque).to_be_visible()
    page.locator(".qg-ligne [data-cadenas]").click()
    expect(marque).to_be_hidden()
    bientot(lambda: produit.lire("manon", chemin)["lignes"][0]["prix_fixe_ht"] == "398.0000")


def test_plusieurs_produits_s_ajoutent_sans_refermer(produit: Produit, asseoir: Asseoir) -> None:
    catalogue = creer_catalogue(produit)
    page, chemin = devis(produit, asseoir, [])
    page.get_by_role("link", name="Produit", exact=True).click()
    dialogue = page.locator("#dialogue[open]")
    for article in (catalogue.camera, catalogue.camera):
        dialogue.get_by_role("combobox", name="Produit").fill(article["reference"])
        page.get_by_role("option").filter(has_text=article["reference"]).first.click()
        dialogue.get_by_role("button", name="Ajouter et continuer").click()
        expect(
            dialogue.get_by_role("button", name="Terminer").or_(dialogue.get_by_role("link", name="Terminer"))
        ).to_be_visible()
        expect(dialogue.get_by_role("combobox", name="Produit")).to_have_value("")
    expect(dialogue).to_contain_text("2 lignes ajoutées au devis")
    dialogue.get_by_role("link", name="Terminer").click()
    expect(page.locator(".qg-ligne")).to_have_count(2)
    assert len(designations(produit, chemin)) == 2


def test_une_ligne_se_duplique_au_doigt(produit: Produit, asseoir: Asseoir) -> None:
    chemin = ouvrir(produit, [{"designation": "Coffret", "cout_ht": "100", "marge": "50"}])
    page = asseoir("manon", largeur=390, tactile=True)
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    page.locator(".qg-ligne [data-caches]").click()
    page.get_by_role("button", name="Dupliquer la ligne").click()
    bientot(lambda: designations(produit, chemin) == ["Coffret", "Coffret"])
    page.locator(".qg-ligne [data-caches]").last.click()
    page.locator(".qg-detail").get_by_role("button", name="Supprimer la ligne").click()
    bientot(lambda: designations(produit, chemin) == ["Coffret"])


def test_une_section_masque_ses_prix(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, SECTIONS)
    masquer = page.get_by_role("button", name="Masquer au client les prix de la section").first

    def masques() -> list[bool]:
        return [ligne["a_prix_masques"] for ligne in produit.lire("manon", chemin)["lignes"]]

    masquer.click()
    expect(masquer).to_have_attribute("aria-pressed", "true")
    bientot(lambda: masques() == [True, *[False] * 4])
    page.keyboard.press("Control+z")
    bientot(lambda: masques() == [False] * 5)
    expect(masquer).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+y")
    bientot(lambda: masques() == [True, *[False] * 4])
    page.reload()
    expect(page.get_by_text("Prix masqués").first).to_be_visible()
    expect(page.get_by_text("Prix masqués").last).to_be_hidden()


def test_ce_qui_vient_d_etre_tape_part_avec_le_devis(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, [{"designation": "Baie", "cout_ht": "10", "marge": "50"}])
    page.locator(".qg-ligne [data-champ=prix_ht]").fill("450")
    page.get_by_role("link", name="Envoyer", exact=True).click()
    expect(page.locator("dialog:modal")).to_contain_text("540,00\u00a0€ TTC")
    assert produit.lire("manon", chemin)["lignes"][0]["prix_fixe_ht"] == "450.0000"
