"""The shell and its islands in a real Chromium, on the gallery, under the real content security policy."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from deploy import frontend
from gateway.pages.coque.galerie.serveur import VUES, app

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
REGLES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
Ouvrir = Callable[..., Page]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    frontend.build()
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    serveur = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", ws="none"))
    fil = threading.Thread(target=serveur.run, daemon=True)
    fil.start()
    while not serveur.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    serveur.should_exit = serveur.force_exit = True
    fil.join(5)


@pytest.fixture
def ouvrir(chromium: Browser, adresse: str) -> Iterator[Ouvrir]:
    """Opens a screen; at the end, anything the console complained about fails the test."""
    plaintes: list[str] = []
    contextes = []

    def ouvre(chemin: str, *, largeur: int = 1440, sombre: bool = False, axe: bool = False) -> Page:
        contexte = chromium.new_context(
            viewport={"width": largeur, "height": 900},
            color_scheme="dark" if sombre else "light",
            bypass_csp=axe,
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.set_default_timeout(45_000)
        page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
        page.on("console", lambda m: plaintes.append(m.text) if m.type == "error" and "409" not in m.text else None)
        page.goto(adresse + chemin)
        page.wait_for_function("document.readyState === 'complete'")
        return page

    yield ouvre
    for contexte in contextes:
        contexte.close()
    assert plaintes == []


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
@pytest.mark.parametrize("largeur", [1440, 390])
def test_aucune_faute_d_accessibilite_ni_debordement(ouvrir: Ouvrir, largeur: int, sombre: bool) -> None:
    page = ouvrir("/connexion", largeur=largeur, sombre=sombre, axe=True)
    for chemin in ("/connexion", *(f"/galerie/{vue[0]}" for vue in VUES)):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + chemin)
        page.wait_for_timeout(250)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        fautes = page.evaluate(REGLES)["violations"]
        assert [(f["id"], f["nodes"][0]["html"]) for f in fautes] == [], chemin
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), chemin


def test_le_tiroir_a_son_adresse_et_precedent_le_ferme(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/tableau")
    page.locator(".bd-lien").first.click()
    expect(page.locator("#tiroir")).to_be_visible()
    assert page.url.endswith("/galerie/tiroir")
    page.keyboard.press("Escape")
    expect(page.locator("#tiroir")).to_be_hidden()
    page.evaluate("window.temoin = 1")
    page.locator(".bd-lien").nth(1).click()
    expect(page.locator("#tiroir")).to_be_visible()
    page.go_back()
    expect(page.locator("#tiroir")).to_be_hidden()
    assert page.url.endswith("/galerie/tableau")
    assert page.evaluate("window.temoin") == 1


def test_alt_fleche_deplace_la_carte_garde_le_focus_et_s_annule(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/tableau")
    carte = page.locator("#col-a-realiser .bd-carte").first.get_attribute("data-carte")
    page.locator(f"[data-carte={carte}] .bd-lien").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(f"#col-attente [data-carte={carte}]")).to_be_visible()
    expect(page.locator("#col-attente [data-nombre-de]")).to_have_text("32")
    assert page.evaluate("document.activeElement.closest('[data-carte]').dataset.carte") == carte
    page.locator(".toast button").first.click()
    expect(page.locator(f"#col-a-realiser [data-carte={carte}]")).to_be_visible()
    expect(page.locator("#col-attente [data-nombre-de]")).to_have_text("31")


def test_glisser_depose_la_carte_sans_ouvrir_le_tiroir(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/tableau")
    carte = page.locator("#col-a-realiser .bd-carte").first
    cle = carte.get_attribute("data-carte")
    depart, arrivee = carte.bounding_box(), page.locator("#col-valide .bd-carte").nth(1).bounding_box()
    assert depart is not None
    assert arrivee is not None
    page.mouse.move(depart["x"] + 80, depart["y"] + 50)
    page.mouse.down()
    page.mouse.move(depart["x"] + 120, depart["y"] + 60, steps=5)
    page.mouse.move(arrivee["x"] + 80, arrivee["y"] + 40, steps=12)
    expect(page.locator(f"#col-valide [data-carte={cle}]")).to_be_attached()
    page.mouse.up()
    expect(page.locator(f"#col-valide [data-carte={cle}]")).to_be_visible()
    expect(page.locator("#tiroir")).to_be_hidden()


def test_un_refus_du_serveur_ramene_la_carte_et_dit_pourquoi(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/tableau")
    carte = page.locator("#col-achats .bd-carte").first
    cle = carte.get_attribute("data-carte")
    carte.hover()
    carte.locator("[data-carte-menu]").click()
    page.get_by_role("menuitem", name="Produits reçus").click()
    expect(page.locator(".toast-danger")).to_contain_text("ne peut pas y aller")
    expect(page.locator(f"#col-achats [data-carte={cle}]")).to_be_visible()


def test_la_recherche_trouve_un_contact(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/tableau")
    page.keyboard.press("Control+k")
    page.keyboard.type("martin")
    expect(page.locator(".palette-option").first).to_contain_text("Martin-Lefèvre")
    page.keyboard.press("Enter")
    page.wait_for_url("**/galerie/composants")


def test_les_lignes_se_calculent_a_chaque_touche_et_s_enregistrent(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/devis")
    page.fill("[data-ligne=l2] [data-champ=quantite]", "10")
    expect(page.locator("[data-ligne=l2] [data-total]")).to_have_text("1\u202f542,80\u00a0€")
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    page.fill("[data-ligne=l2] [data-champ=prix_ht]", "1 234,5")
    expect(page.locator("[data-ligne=l2] [data-total]")).to_have_text("11\u202f727,75\u00a0€")
    lignes = page.locator(".qg-ligne")
    page.locator("[data-ligne=l2] [data-champ=quantite]").press("Control+Enter")
    expect(lignes).to_have_count(8)
    page.keyboard.press("Control+Delete")
    expect(lignes).to_have_count(7)
    page.locator(".toast button").first.click()
    expect(lignes).to_have_count(8)
    page.locator("[data-ligne=l1] [data-caches]").click()
    expect(page.locator(".qg-detail")).to_contain_text("Disque 8 To")


def test_le_champ_de_scan_dit_et_garde_ce_qu_il_lit(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/atelier")
    for code, mot in (("QR-7F3K2", "Attendu"), ('à&é"', "En trop"), ("ZZZ", "Inconnu")):
        page.keyboard.type(f"{code}\n")
        expect(page.locator(".scan-mot")).to_have_text(mot)
    expect(page.locator(".scan-liste li")).to_have_count(3)
    page.locator(".ws-objet").first.dblclick()
    expect(page.locator("#dialogue")).to_be_visible()


def test_une_saisie_n_est_jamais_perdue_sans_le_demander(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/composants")
    page.keyboard.press("n")
    page.fill("#d-objet", "Essai")
    page.keyboard.press("Escape")
    expect(page.locator("#confirmation")).to_be_visible()
    page.locator("#confirmation [value=non]").click()
    assert page.input_value("#d-objet") == "Essai"


def test_les_nombres_francais_partent_en_canonique(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/composants")
    page.fill("#c-marge", "1234,5")
    page.locator("#c-marge").blur()
    assert page.input_value("#c-marge") == "1\u202f234,5"
    with page.expect_request(lambda requete: requete.method == "POST") as envoi:
        page.locator("#formulaire [type=submit]").click()
    assert "marge=1234.5" in (envoi.value.post_data or "")
    assert envoi.value.headers["x-csrf-token"] == "galerie"
    assert envoi.value.headers["idempotency-key"]


def test_la_confirmation_nommee_se_recopie(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/composants")
    page.get_by_role("button", name="Supprimer").click()
    page.fill("#confirmation-recopie", "FC-2026-1181")
    page.locator("#confirmation .btn-danger").click()
    expect(page.locator("#confirmation")).to_be_visible()
    page.fill("#confirmation-recopie", "FC-2026-1180")
    page.locator("#confirmation .btn-danger").click()
    expect(page.locator("#confirmation")).to_be_hidden()


def test_le_theme_choisi_reste_apres_rechargement(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/composants")
    page.locator(".moi").click()
    page.locator("[data-theme-choix=sombre]").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "sombre"


def test_l_intervention_se_planifie_sans_souris(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/planning")
    page.locator(".pl-attente [data-planifier]").first.click()
    page.get_by_role("button", name="Planifier", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Mairie de Sévrier")


def test_fermer_le_tiroir_rend_le_focus_a_la_carte(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/tableau")
    page.locator(".bd-lien").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tiroir")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#tiroir")).to_be_hidden()
    expect(page.locator(".bd-lien").nth(2)).to_be_focused()


def test_le_filtre_vit_dans_l_adresse_et_precedent_le_rend(ouvrir: Ouvrir) -> None:
    page = ouvrir("/galerie/liste")
    page.keyboard.press("/")
    page.keyboard.type("mairie")
    expect(page.locator("[data-liste] tr[data-id]")).to_have_count(1)
    page.wait_for_url("**/galerie/liste?q=mairie")
    expect(page.locator("[data-filtre-champ]")).to_be_focused()
    page.reload()
    assert page.input_value("[data-filtre-champ]") == "mairie"
    page.fill("[data-filtre-champ]", "zzz")
    expect(page.locator(".ligne-vide")).to_contain_text("Aucun contact pour « zzz »")
    page.wait_for_url("**/galerie/liste?q=zzz")
    page.go_back()
    expect(page.locator("[data-liste] tr[data-id]")).to_have_count(1)
    expect(page.locator("[data-filtre-champ]")).to_have_value("mairie")


def test_un_seul_flux_pour_tous_les_onglets_et_chacun_suit(ouvrir: Ouvrir) -> None:
    meneur = ouvrir("/galerie/tableau")
    suiveurs = [meneur.context.new_page() for _ in range(2)]
    flux: list[str] = []
    for page in suiveurs:
        page.on("request", lambda r: flux.append(r.url) if r.url.endswith("/live") else None)
        page.goto(meneur.url)
    carte = meneur.locator("#col-valide .bd-carte").first.get_attribute("data-carte")
    meneur.locator(f"[data-carte={carte}] .bd-lien").focus()
    meneur.keyboard.press("Alt+ArrowRight")
    for page in suiveurs:
        expect(page.locator(f"#col-achats [data-carte={carte}]")).to_be_visible()
        assert page.locator(f"[data-carte={carte}]").count() == 1
    assert flux == []
    with meneur.context.expect_event("response", lambda r: r.url.endswith("/live")):
        meneur.close()  # another tab takes the stream over
    carte = suiveurs[0].locator("#col-recus .bd-carte").first.get_attribute("data-carte")
    suiveurs[0].locator(f"[data-carte={carte}] .bd-lien").focus()
    suiveurs[0].keyboard.press("Alt+ArrowRight")
    expect(suiveurs[1].locator(f"#col-preparation [data-carte={carte}]")).to_be_visible()
    assert len(flux) == 1
