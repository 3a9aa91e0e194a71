"""The screens of the product in a real Chromium: layout, accessibility, live boards, palette, quotes, expired session."""

import re
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_coque import AXE, REGLES
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import ROLES, SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
APPLICATIONS = ("/contacts", "/demandes", "/devis", "/achats", "/atelier", "/catalogue", "/parc", "/planning")
ECRANS = (
    *APPLICATIONS,
    *(
        "/contacts/nouveau",
        "/demandes/liste",
        "/demandes/nouvelle",
        "/devis/propositions",
        "/devis/rayons",
        "/devis/pilotage",
    ),
    *("/devis/tarifs", "/achats/catalogues", "/demandes/courriers", "/administration/effectif"),
    *("/devis/affaires", "/devis/modeles", "/achats/negociations", "/achats/commandes", "/achats/receptions"),
    *("/achats/reappro", "/achats/seuils", "/atelier/inventaires", "/atelier/transferts", "/atelier/retours?etat="),
    "/atelier/stock/valeur",
    *("/atelier/stock", "/atelier/objets", "/atelier/etiquettes", "/parc/contrats", "/parc/visites", "/parc/accords"),
    *("/planning/charge", "/planning/interventions", "/planning/temps", "/administratif", "/administratif/a-facturer"),
    *(
        "/administratif/fournisseurs",
        "/administratif/fournisseurs/recues",
        "/administratif/campagnes",
        "/moi",
        "/moi/notifications",
        "/notifications",
        "/m/scanner",
        "/boite",
    ),
)
TELEPHONE = 390
CADRE_GLISSE = """
[...document.querySelectorAll(".table-defile")].filter((cadre) => cadre.scrollWidth > cadre.clientWidth + 1).map((cadre) => cadre.ariaLabel)
"""
CARTE = "[data-carte='{}']"


@pytest.fixture(scope="module")
def catalogue(produit: Produit) -> Catalogue:
    return creer_catalogue(produit)


@pytest.fixture(scope="module")
def affaire(produit: Produit, catalogue: Catalogue) -> dict[str, str]:
    """A contact, his demande, its proposition of two lines with a hidden product."""
    nom = f"Mairie de Sévrier {catalogue.suffixe}"
    tiers = produit.creer(
        "claire",
        "/contacts/tiers",
        {"nom": nom, "roles": ["client"], "adresses": [ANNECY], "telephone": "04 50 52 40 68"},
    )
    demande = ouvrir(produit, tiers["id"], "Caméras du parvis")
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    proposition = etude["propositions"][0]
    caches = [{"produit_id": catalogue.camera["id"], "quantite": "2"}]
    lignes = [
        {"designation": "Vidéo", "genre": "section"},
        {"designation": "Caméra posée", "quantite": "2", "cout_ht": "112", "marge": "45", "produits": caches},
        {"designation": "Pose", "quantite": "3", "prix_fixe_ht": "58.9", "taux_tva": "10"},
    ]
    chemin = f"/commercial/propositions/{proposition['id']}/lignes"
    bientot(lambda: produit.api("manon", "PUT", chemin, {"lignes": lignes}))
    return {"nom": nom, "tiers": tiers["id"], "demande": demande["id"], "proposition": proposition["id"]}


# The line editor slides its whole grid sideways where it is narrow; any other page frames what is wide.
DEBORDE = """
[document.documentElement, ...document.querySelectorAll("main:not(:has(.qg-table))")]
  .some((cadre) => cadre.scrollWidth > cadre.clientWidth)
"""


# On a phone a list shows its columns, and its tools, without sliding; the plan of twelve weeks is wide by nature.
LISTE_GLISSE = """
[...document.querySelectorAll(".table-defile:has([data-liste]), .outils")].some((cadre) => cadre.scrollWidth > cadre.clientWidth + 1)
"""


def ouvrir(produit: Produit, tiers_id: str, objet: str) -> dict[str, Any]:
    """A demande, as soon as its service knows the contact; urgent: a column shows its first cards only."""
    corps = {"type_code": "commercial", "tiers_id": tiers_id, "objet": objet, "urgence": "urgente"}
    return bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))


def ecrans(affaire: dict[str, str]) -> tuple[str, ...]:
    """The lists, then the records."""
    return (
        *ECRANS,
        f"/contacts/{affaire['tiers']}",
        f"/contacts/{affaire['tiers']}/echanges",
        f"/journal/contacts/{affaire['tiers']}",
        f"/demandes/{affaire['demande']}",
        f"/devis/propositions/{affaire['proposition']}",
        f"/parc/{affaire['tiers']}",
    )


@pytest.mark.feature("GW-01", "GW-02", "GW-04")
def test_quatre_zones_partout_et_les_applications_permises(asseoir: Asseoir) -> None:
    page = asseoir("claire")
    permises = page.locator(".applications a").all_inner_texts()
    assert "Demandes" in permises
    assert not {"Achats", "Atelier", "Administratif"} & set(permises)
    onglets = []
    for lien in [str(a.get_attribute("href")) for a in page.locator(".applications a").all()]:
        page.goto(lien)
        for role, combien in (("banner", 1), ("main", 1), ("complementary", 1)):
            expect(page.get_by_role(role, include_hidden=False)).to_have_count(combien)  # type: ignore[arg-type]
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("nav.onglets")).to_be_visible()
        onglets.append(page.locator("nav.onglets a").all_inner_texts())
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Aller au contenu")
    assert len({tuple(o) for o in onglets}) == len(onglets), "chaque application a ses modules"
    page.locator(".moi").click()
    page.get_by_role("menuitem", name="Se déconnecter").click()
    page.wait_for_url("**/connexion")
    page.go_back()
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()


@pytest.mark.feature("GW-06")
def test_le_carnet_est_ouvert_a_tous(asseoir: Asseoir, affaire: dict[str, str]) -> None:
    for qui in ROLES:
        page = asseoir(qui)
        for tape in (affaire["nom"], "0450524068"):
            page.goto("/contacts")
            page.get_by_role("searchbox").fill(tape)
            trouve = page.locator("[data-liste] tr[data-id] a").filter(has_text=affaire["nom"])
            expect(trouve).to_have_count(1)
        trouve.click()
        expect(page.locator("h1")).to_contain_text(affaire["nom"])
        page.context.close()


@pytest.mark.feature("GW-05")
def test_la_page_d_entree_choisie_s_ouvre_a_la_connexion(asseoir: Asseoir) -> None:
    page = asseoir("thomas")
    page.goto("/moi")
    page.get_by_label("À la connexion, ouvrir").select_option(label="Tableau Achats")
    page.locator("#f-entree [type=submit]").click()
    expect(page.locator(".toast")).to_contain_text("Page d’entrée enregistrée")
    assert asseoir("thomas").url.endswith("/demandes/tableaux/achats")


def test_le_mot_de_passe_se_change_contre_l_ancien_et_ferme_les_autres_sessions(asseoir: Asseoir) -> None:
    ailleurs = asseoir("karim", tolere=(401,))
    page = asseoir("karim", tolere=(422,))
    autre = "une phrase assez longue"
    for actuel, nouveau, message in (
        ("pas le bon", autre, "Le mot de passe actuel"),
        (SECRET, SECRET, "est le même que l’actuel"),
        (SECRET, autre, "Mot de passe changé"),
    ):
        page.goto("/moi")
        for champ, tape in (("actuel", actuel), ("nouveau", nouveau), ("confirmation", nouveau)):
            page.locator(f"[name={champ}]").fill(tape)
        page.get_by_role("button", name="Changer le mot de passe").click()
        expect(page.locator("body")).to_contain_text(message)
    expect(page.locator("#sessions li")).to_have_count(1)
    page.goto("/moi")
    for champ, tape in (("actuel", autre), ("nouveau", SECRET), ("confirmation", SECRET)):
        page.locator(f"[name={champ}]").fill(tape)
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page.locator("body")).to_contain_text("Mot de passe changé")
    ailleurs.goto("/demandes")
    expect(ailleurs).to_have_url(re.compile("/connexion"))


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
@pytest.mark.parametrize("largeur", [1440, 390])
def test_aucune_faute_d_accessibilite(asseoir: Asseoir, affaire: dict[str, str], largeur: int, sombre: bool) -> None:
    page = asseoir("helene", largeur=largeur, sombre=sombre, axe=True)
    page.emulate_media(reduced_motion="reduce")
    fautes: list[tuple[str, str, str]] = []
    for chemin in ecrans(affaire):
        page.goto(chemin)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        fautes += [(chemin, f["id"], f["nodes"][0]["html"][:200]) for f in page.evaluate(REGLES)["violations"]]
    assert fautes == [], fautes


def test_rien_ne_deborde_de_la_page(asseoir: Asseoir, affaire: dict[str, str]) -> None:
    page = asseoir("helene")
    debordent: list[tuple[str, int]] = []
    for chemin in ecrans(affaire):
        page.goto(chemin)
        for largeur in (1440, 1280, 1024, 720, TELEPHONE):
            page.set_viewport_size({"width": largeur, "height": 900})
            if page.evaluate(DEBORDE) or (largeur == TELEPHONE and page.evaluate(LISTE_GLISSE)):
                debordent.append((chemin, largeur))
    assert debordent == []


def test_au_telephone_les_reglages_et_les_absences_tiennent_dans_l_ecran(asseoir: Asseoir, produit: Produit) -> None:
    gens = produit.lire("admin", "/contacts/collaborateurs")
    absence = {"collaborateur_id": gens[0]["id"], "du": "2031-03-03", "au": "2031-03-05", "motif": "conges"}
    bientot(lambda: produit.creer("admin", "/demandes/absences", absence))
    page = asseoir("admin", largeur=TELEPHONE)
    for chemin in ("", "/commercial", "/sav", "/maintenance", "/tableaux/commercial", "/tableaux/sav"):
        page.goto(f"/demandes/configuration{chemin}")
        expect(page.locator(".table-defile").first).to_be_visible()
        assert page.evaluate(CADRE_GLISSE) == [], chemin
    page.goto("/planning/absences")
    expect(page.locator("tr[data-id]").first).to_be_visible()
    assert page.evaluate(CADRE_GLISSE) == []


@pytest.mark.feature("GW-12")
def test_le_tableau_se_deplace_a_deux(produit: Produit, asseoir: Asseoir, affaire: dict[str, str]) -> None:
    cle = ouvrir(produit, affaire["tiers"], "Relevés de compteurs")["id"]
    nicolas, claire = asseoir("nicolas"), asseoir("claire")
    for page in (nicolas, claire):
        page.goto("/demandes/tableaux/commercial")
        expect(colonne(page, cle)).to_contain_text("Devis à réaliser")
    avant = nombre(claire, cle)
    nicolas.locator(CARTE.format(cle)).locator(".bd-lien").focus()
    nicolas.keyboard.press("Alt+ArrowRight")
    for page in (nicolas, claire):
        expect(colonne(page, cle)).to_contain_text("Attente client")
        expect(page.locator(CARTE.format(cle))).to_have_count(1)
    assert nicolas.evaluate("document.activeElement.closest('[data-carte]').dataset.carte") == cle
    bientot(lambda: produit.lire("claire", f"/demandes/demandes/{cle}")["etat_code"] == "attente_client")
    nicolas.locator(".toast button").first.click()
    for page in (nicolas, claire):
        expect(colonne(page, cle)).to_contain_text("Devis à réaliser")
    assert nombre(claire, cle) == avant
    nicolas.locator(CARTE.format(cle)).hover()
    nicolas.locator(CARTE.format(cle)).locator("[data-carte-menu]").click()
    nicolas.get_by_role("menuitem", name="Attente client").click()
    expect(colonne(claire, cle)).to_contain_text("Attente client")


def colonne(page: Page, cle: str) -> Any:
    """The column a card is in."""
    return page.locator(".bd-col").filter(has=page.locator(CARTE.format(cle)))


def nombre(page: Page, cle: str) -> str:
    """The count shown at the top of the column of a card."""
    return str(colonne(page, cle).locator("[data-nombre-de]").inner_text())


def test_la_palette_trouve_par_nom_telephone_et_cree(asseoir: Asseoir, affaire: dict[str, str]) -> None:
    page = asseoir("claire")
    for tape in ("sevrier " + affaire["nom"][-6:], "0450524068"):
        page.keyboard.press("Control+k")
        page.locator("#palette input").fill(tape)
        expect(page.locator(".palette-option[aria-selected=true]")).to_contain_text("Mairie de Sévrier")
        page.keyboard.press("Enter")
        page.wait_for_url("**/contacts/0*")
        page.goto("/demandes")
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("Boulangerie inconnue")
    page.locator(".palette-option").filter(has_text="Créer le contact « Boulangerie inconnue »").click()
    expect(page.locator("main [name=nom]")).to_have_value("Boulangerie inconnue")


@pytest.mark.feature("CT-02")
def test_la_recherche_de_liste_vit_dans_l_adresse(asseoir: Asseoir, affaire: dict[str, str]) -> None:
    page = asseoir("claire")
    page.goto("/contacts")
    page.keyboard.press("/")
    page.keyboard.type(affaire["nom"])
    rangees = page.locator("[data-liste] tr[data-id]")
    expect(rangees).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/contacts\?q=Mairie"))
    expect(page.locator("[data-filtre-champ]")).to_be_focused()
    page.reload()
    expect(rangees).to_have_count(1)
    rangees.first.get_by_role("link").first.click()
    page.wait_for_url("**/contacts/0*")
    page.go_back()
    expect(rangees).to_have_count(1)
    expect(page.locator("[data-filtre-champ]")).to_have_value(affaire["nom"])


def test_les_totaux_du_navigateur_sont_ceux_du_serveur(
    produit: Produit, asseoir: Asseoir, affaire: dict[str, str]
) -> None:
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{affaire['proposition']}")
    quantite = page.locator(".qg-ligne").nth(0).locator("[data-champ=quantite]")
    ttc = page.locator("[data-t=total_ttc]")
    quantite.fill("")
    vus = []
    for touche in "137":
        quantite.press("End")
        quantite.press(touche)
        vus.append(ttc.inner_text())
    assert len(set(vus)) == 3, f"le total ne suit pas la frappe : {vus}"
    page.locator(".qg-ligne").nth(1).locator("[data-champ=prix_ht]").fill("1 234,567")
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    assert re.fullmatch(r"\d{1,3}(\u202f\d{3})*,\d{2}\u00a0€", ttc.inner_text())
    affiche = Decimal(re.sub(r"[^\d,]", "", ttc.inner_text()).replace(",", "."))

    def confirme() -> bool:
        lue = produit.lire("manon", f"/commercial/propositions/{affaire['proposition']}")
        return Decimal(lue["totaux"]["total_ttc"]) == affiche

    bientot(confirme)


def test_la_session_expiree_se_rouvre_sans_perdre_la_saisie(asseoir: Asseoir, affaire: dict[str, str]) -> None:
    page = asseoir("claire", tolere=(401,))
    page.goto(f"/contacts/{affaire['tiers']}")
    page.get_by_role("link", name="Nouvelle demande").click()
    page.locator("dialog[open] [name=objet]").fill("Tapé avant l’expiration")
    page.context.clear_cookies()
    page.locator("dialog[open] [type=submit]").click()
    reconnexion = page.locator("#reconnexion")
    expect(reconnexion.get_by_label("Identifiant")).to_have_value("claire")
    expect(reconnexion.get_by_label("Mot de passe")).to_be_focused()
    reconnexion.get_by_label("Mot de passe").fill(SECRET)
    reconnexion.get_by_role("button", name="Continuer").click()
    page.wait_for_url(re.compile(r"/demandes/[0-9a-f-]{36}$"))
    expect(page.locator("h1")).to_contain_text("Tapé avant l’expiration")
