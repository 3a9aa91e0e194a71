"""A card dragged with the mouse onto a team, seen in the agenda of its technician, then undone."""

import io
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from shared.kernel.clock import PARIS, SystemClock, jour_paris
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]

HOTEL = {
    "nom": "Hôtel du Lac",
    "roles": ["client"],
    "telephone": "04 50 51 00 00",
    "adresses": [{"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}],
}


def glisser(page: Page, bloc: Locator, cible: Locator) -> None:
    """Take a block with the mouse and drop it in the middle of a cell; rows it passes over grow and push that cell."""
    bloc.scroll_into_view_if_needed()
    prise = bloc.bounding_box()
    assert prise is not None
    page.mouse.move(prise["x"] + prise["width"] / 2, prise["y"] + prise["height"] / 2)
    page.mouse.down()
    page.mouse.move(prise["x"] + prise["width"] / 2 + 12, prise["y"] + prise["height"] / 2 + 12, steps=4)
    for _ in range(4):
        depot = cible.bounding_box()
        assert depot is not None
        page.mouse.move(depot["x"] + depot["width"] / 2, depot["y"] + depot["height"] / 2, steps=10)
    expect(cible.locator("[data-intervention]")).to_have_count(1)
    page.mouse.up()


@pytest.mark.feature("DM-22")
def test_une_carte_glissee_sur_une_equipe_est_dans_l_agenda_de_ses_techniciens(
    produit: Produit, asseoir: Asseoir
) -> None:
    gens = {c["prenom"]: c["id"] for c in produit.lire("admin", "/contacts/collaborateurs")}
    equipe = {"nom": "Pose du lac", "membre_ids": [gens["Nicolas"], gens["Karim"]]}
    equipe_id = produit.creer("admin", "/contacts/equipes", equipe)["id"]
    produit.creer("admin", "/contacts/equipes", {"nom": "Atelier mobile", "membre_ids": [gens["Karim"]]})
    tiers = produit.creer("claire", "/contacts/tiers", HOTEL)
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Bornes Wi-Fi", "duree_prevue_minutes": 480}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    for etat in ("devis_valide", "livraison_a_prevoir"):
        produit.creer("admin", f"/demandes/demandes/{demande['id']}/etat", {"vers": etat})
    jour = jour_paris(SystemClock().now())
    lundi = jour + timedelta(days=28 - jour.weekday())
    bientot(lambda: any(e["id"] == equipe_id for e in produit.lire("nadia", "/demandes/planning")["equipes"]))
    technicien, page = asseoir("nicolas"), asseoir("nadia")
    page.goto(f"/planning?semaine={lundi}")
    carte = page.locator(f'[data-attentes] [data-intervention="d-{demande["id"]}"]')
    cellule = f'[data-equipe="{equipe_id}"] [data-jour="{lundi + timedelta(days=1)}"][data-demi="matin"]'
    glisser(page, carte, page.locator(cellule))
    expect(page.locator(".toast")).to_contain_text("Hôtel du Lac : Pose du lac")
    page.locator(".toast").hover()  # stays under the pointer
    (posee,) = bientot(lambda: produit.lire("nadia", "/demandes/interventions", demande_id=demande["id"])["elements"])
    assert (posee["equipe_id"], set(posee["collaborateurs"])) == (equipe_id, {"Nicolas Test", "Karim Test"})
    expect(page.locator(f'{cellule} [data-intervention="{posee["id"]}"]')).to_be_visible()
    technicien.goto(f"/planning/ma-journee?le={lundi + timedelta(days=1)}")
    expect(technicien.locator("main")).to_contain_text("Hôtel du Lac")
    expect(technicien.locator("main")).to_contain_text("08:00–17:30")
    expect(technicien.get_by_role("link", name="12 rue du Lac, 74000 Annecy")).to_be_visible()
    expect(technicien.get_by_role("link", name="04 50 51 00 00")).to_have_attribute("href", "tel:+33450510000")
    page.locator(".toast").get_by_role("button", name="Annuler", exact=True).click()
    expect(carte).to_be_visible()
    technicien.reload()
    expect(technicien.locator("main")).to_contain_text("Rien de prévu")


def test_une_journee_est_un_bloc_que_l_on_prend_par_chacune_de_ses_moities(produit: Produit, asseoir: Asseoir) -> None:
    gens = {c["prenom"]: c["id"] for c in produit.lire("admin", "/contacts/collaborateurs")}
    tiers = produit.creer("claire", "/contacts/tiers", {**HOTEL, "nom": "Hôtel des Marquisats"})
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Bornes muettes"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    for etat in ("devis_valide", "livraison_a_prevoir"):
        produit.creer("admin", f"/demandes/demandes/{demande['id']}/etat", {"vers": etat})
    jour = jour_paris(SystemClock().now())
    lundi = jour + timedelta(days=35 - jour.weekday())
    pose = {"demande_id": demande["id"], "jour": str(lundi), "demi": "journee", "collaborateur_ids": [gens["Karim"]]}
    chemin = f"/demandes/interventions/{produit.creer('admin', '/demandes/interventions', pose)['id']}"

    def attendre(debut: timedelta) -> None:
        horaires = [f"{lundi + debut}T08:00", f"{lundi + debut}T17:30"]
        bientot(lambda: [_a_paris(produit.lire("nadia", chemin)[c]) for c in ("debut", "fin")] == horaires)

    page = asseoir("nadia")
    page.goto(f"/planning?semaine={lundi}&personne_id={gens['Karim']}")
    bloc = page.locator(".pl-table .pl-bloc").filter(has_text="Hôtel des Marquisats")
    expect(bloc).to_have_count(1)
    matin, apres_midi, mardi_apres_midi = (
        page.locator(f'.pl-table [data-jour="{lundi + timedelta(days=n)}"][data-demi="{demi}"]')
        for n, demi in ((0, "matin"), (0, "apres_midi"), (1, "apres_midi"))
    )
    barre, debut, fin = bloc.bounding_box(), matin.bounding_box(), apres_midi.bounding_box()
    assert barre is not None
    assert debut is not None
    assert fin is not None
    assert abs(barre["x"] + barre["width"] - (fin["x"] + fin["width"])) < 6, "d'un bord à l'autre de la journée"
    assert abs(barre["x"] - debut["x"]) < 6
    depot = mardi_apres_midi.bounding_box()
    assert depot is not None
    page.mouse.move(fin["x"] + fin["width"] / 2, barre["y"] + 12)
    page.mouse.down()
    page.mouse.move(fin["x"] + fin["width"] / 2 + 12, barre["y"] + 14, steps=4)
    page.mouse.move(depot["x"] + depot["width"] / 2, depot["y"] + depot["height"] / 2, steps=12)
    expect(mardi_apres_midi.locator("[data-intervention]")).to_have_count(1)
    page.mouse.up()
    attendre(timedelta(days=1))
    expect(
        page.locator(f'.pl-table [data-jour="{lundi + timedelta(days=1)}"][data-demi="matin"] .pl-bloc')
    ).to_have_count(1)
    bloc.locator("a").focus()
    page.keyboard.press("Alt+ArrowRight")
    attendre(timedelta(days=2))


@pytest.mark.feature("DM-22")
def test_au_telephone_la_semaine_se_lit_jour_apres_jour_et_se_planifie_du_doigt(
    produit: Produit, asseoir: Asseoir
) -> None:
    gens = {c["prenom"]: c["id"] for c in produit.lire("admin", "/contacts/collaborateurs")}
    tiers = produit.creer("claire", "/contacts/tiers", {**HOTEL, "nom": "Hôtel de la Mandallaz"})
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Bornes de la terrasse"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    for etat in ("devis_valide", "livraison_a_prevoir"):
        produit.creer("admin", f"/demandes/demandes/{demande['id']}/etat", {"vers": etat})
    jour = jour_paris(SystemClock().now())
    lundi = jour + timedelta(days=42 - jour.weekday())
    pose = {"demande_id": demande["id"], "jour": str(lundi), "demi": "journee", "collaborateur_ids": [gens["Karim"]]}
    produit.creer("admin", "/demandes/interventions", pose)
    conge = {"collaborateur_id": gens["Nicolas"], "du": str(lundi), "au": str(lundi), "demi": "matin"}
    produit.creer("admin", "/demandes/absences", conge | {"motif": "conges"})
    page = asseoir("nadia", largeur=390)
    page.goto(f"/planning?semaine={lundi}")
    expect(page.locator(".pl-table")).to_be_hidden()
    jours = page.locator(".pl-jour")
    expect(jours.nth(0).locator("[data-personne]", has_text="Karim")).to_contain_text("Journée Hôtel de la Mandallaz")
    expect(jours.nth(0).locator("[data-personne]", has_text="Nicolas")).to_contain_text("Matin Congés")
    expect(jours.nth(1).get_by_text("Libres")).to_contain_text("Karim Test")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.documentElement.clientWidth")
    jours.nth(0).get_by_role("button", name="Planifier Hôtel de la Mandallaz").click()
    page.get_by_label("Jour").select_option(str(lundi + timedelta(days=2)))
    page.get_by_role("dialog").get_by_role("button", name="Planifier", exact=True).click()
    expect(jours.nth(2).locator("[data-personne]", has_text="Karim")).to_contain_text("Journée Hôtel de la Mandallaz")
    expect(jours.nth(0)).not_to_contain_text("Mandallaz")
    page.goto(f"/planning/charge?du={lundi}")
    cadre = page.get_by_role("region", name="Charge par semaine")
    semaine = cadre.locator("tr", has_text="Karim").locator("td").first
    expect(semaine).to_contain_text("2 / ")
    assert semaine.evaluate("(cellule) => getComputedStyle(cellule, '::before').content").startswith('"S')
    assert cadre.evaluate("(cadre) => cadre.scrollWidth <= cadre.clientWidth")
    caches = "(rang) => [...rang.cells].filter((c) => c.scrollHeight > c.clientHeight + 1 || c.scrollWidth > c.clientWidth + 1)"
    assert cadre.locator("tr", has_text="Karim").evaluate(f"(rang) => ({caches})(rang).length") == 0


def _a_paris(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(PARIS).isoformat()[:16]


def test_la_semaine_s_imprime_sur_une_page_a4_en_largeur(asseoir: Asseoir) -> None:
    page = asseoir("nadia")
    page.goto("/planning")
    expect(page.locator(".pl-table")).to_be_visible()
    (feuille,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert (round(feuille.mediabox.width), round(feuille.mediabox.height)) == (842, 595)
    texte = feuille.extract_text()
    assert "Planning des équipes" in texte
    assert "Matin" in texte
    assert "Aller au contenu" not in texte
