"""Boards with a real mouse: a card dragged to another column or swimlane, refused, undone, seen by a colleague."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.projet import signer_un_service
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
TABLEAU = "/demandes/tableaux/commercial"


@pytest.fixture
def demande(produit: Produit) -> dict[str, Any]:
    """A demande that nobody has in charge, of a client of its own."""
    nom = f"Lycée des Cèdres {str(new_id())[-6:]}"
    tiers = produit.creer("claire", "/contacts/tiers", {"nom": nom, "roles": ["client"], "adresses": [ANNECY]})
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


def presser(produit: Produit, demande: dict[str, Any], urgence: str) -> None:
    """Another urgency, the rest unchanged."""
    corps = {"objet": lue(produit, demande)["objet"], "urgence": urgence}
    produit.api("claire", "PUT", f"/demandes/demandes/{demande['id']}", corps)


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
    ailleurs = produit.creer(
        "claire", "/contacts/tiers", {"nom": f"Ailleurs {new_id()}", "roles": ["client"], "adresses": [ANNECY]}
    )
    hors = {"type_code": "commercial", "tiers_id": ailleurs["id"], "objet": "Hors du filtre"}
    hors = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", hors)))
    dedans = {"type_code": "commercial", "tiers_id": demande["tiers_id"], "objet": "Dans le filtre"}
    dedans = produit.creer("claire", "/demandes/demandes", dedans)
    expect(carte(page, dedans)).to_be_visible()
    expect(carte(page, hors)).to_have_count(0)


@pytest.mark.feature("DM-06")
def test_une_carte_qui_arrive_prend_sa_place_dans_l_ordre_choisi(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    corps = {"type_code": "commercial", "tiers_id": demande["tiers_id"], "objet": "Sonnette"}
    normale = produit.creer("claire", "/demandes/demandes", corps)
    par_urgence, par_age = asseoir("claire"), asseoir("manon")
    filtre = f"couloirs=sans&q={demande['nom'][-6:]}"
    par_urgence.goto(f"{TABLEAU}?{filtre}&tri=urgence")
    par_age.goto(f"{TABLEAU}?{filtre}&tri=anciennete")
    haute = produit.creer("claire", "/demandes/demandes", {**corps, "objet": "Portier", "urgence": "haute"})
    for page, attendues in (
        (par_urgence, (demande, haute, normale)),
        (par_age, (demande, normale, haute)),
    ):
        expect(carte(page, haute)).to_be_visible()
        references = page.locator("[data-colonne]").first.locator(".bd-ref")
        expect(references).to_have_text([d["numero"] for d in attendues])
    presser(produit, normale, "urgente")
    references = par_urgence.locator("[data-colonne]").first.locator(".bd-ref")
    expect(references).to_have_text([demande["numero"], normale["numero"], haute["numero"]])


@pytest.mark.feature("DM-06")
def test_une_carte_vivante_prend_sa_place_selon_l_echeance(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    def ouvrir(objet: str, echeance: str) -> dict[str, Any]:
        corps = {"type_code": "commercial", "tiers_id": demande["tiers_id"], "objet": objet, "echeance": echeance}
        return dict(produit.creer("claire", "/demandes/demandes", corps))

    tot, tard = ouvrir("Portier", "2026-12-01"), ouvrir("Sonnette", "2027-02-01")
    page = asseoir("claire")
    page.goto(f"{TABLEAU}?couloirs=sans&q={demande['nom'][-6:]}&tri=echeance")
    references = page.locator("[data-colonne]").first.locator(".bd-ref")
    expect(references).to_have_text([d["numero"] for d in (tot, tard, demande)])
    milieu = ouvrir("Gâche", "2026-12-15")
    expect(references).to_have_text([d["numero"] for d in (tot, milieu, tard, demande)])
    avance = {"objet": "Sonnette", "urgence": "normale", "echeance": "2026-11-30"}
    produit.api("claire", "PUT", f"/demandes/demandes/{tard['id']}", avance)
    expect(references).to_have_text([d["numero"] for d in (tard, tot, milieu, demande)])


@pytest.mark.feature("DM-06")
def test_une_carte_vivante_prend_sa_place_selon_le_montant(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    tiers = {"id": demande["tiers_id"]}
    petite, grande = (signer_un_service(produit, tiers, prix) for prix in ("1500", "9000"))
    page = asseoir("manon")
    page.goto(f"{TABLEAU}?couloirs=sans&q={demande['nom'][-6:]}&tri=montant")
    colonne = page.locator("[data-colonne]").filter(has=page.locator(f"[data-carte='{grande}']"))
    cartes = colonne.locator("[data-carte]")
    expect(cartes.nth(1)).to_have_attribute("data-carte", petite)
    moyenne = signer_un_service(produit, tiers, "4000")
    for rang, attendue in enumerate((grande, moyenne, petite)):
        expect(cartes.nth(rang)).to_have_attribute("data-carte", attendue)


def test_une_colonne_qui_choisit_recoit_ce_qu_elle_garde_et_refuse_le_reste(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    code = f"tri-{str(new_id())[-6:]}"
    etats = [{"type": "commercial", "etat": "devis_a_realiser"}]
    colonnes = [
        {"libelle": "À traiter tout de suite", "etats": etats, "filtre": {"urgences": ["urgente"]}},
        {"libelle": "Le reste", "etats": etats},
    ]
    produit.creer("admin", "/demandes/tableaux", {"code": code, "libelle": "Tri", "colonnes": colonnes})
    page = asseoir("claire")
    page.goto(f"/demandes/tableaux/{code}?couloirs=sans&q={demande['nom'][-6:]}")
    premiere, reste = page.locator("[data-colonne]").nth(0), page.locator("[data-colonne]").nth(1)
    expect(premiere.locator(".bd-filtre")).to_have_attribute("title", re.compile(r"Ne montre que\s: urgentes"))
    expect(premiere.locator(f"[data-carte='{demande['id']}']")).to_be_visible()
    presser(produit, demande, "normale")
    expect(reste.locator(f"[data-carte='{demande['id']}']")).to_be_visible()
    glisser(page, carte(page, demande), premiere.locator("[data-cartes]"))
    expect(page.locator(".toast-danger")).to_contain_text("ne montre que : urgentes")
    expect(reste.locator(f"[data-carte='{demande['id']}']")).to_be_visible()


def test_au_telephone_les_filtres_se_deplient_et_celui_qui_sert_reste_en_vue(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    page = asseoir("claire", largeur=390)
    page.goto("/demandes/tableaux/commercial?couloirs=sans")
    urgentes, retard = (page.locator(".outils .puce").filter(has_text=nom) for nom in ("Urgentes", "En retard"))
    expect(page.get_by_role("searchbox", name="Filtrer les cartes")).to_be_visible()
    expect(urgentes).to_be_hidden()
    page.locator(".outils-plus summary").click()
    expect(retard).to_be_visible()
    expect(page.get_by_role("button", name="Couloirs")).to_be_visible()
    assert page.locator(".outils").evaluate("e => e.scrollWidth <= e.clientWidth")
    urgentes.click()
    page.wait_for_url("**urgentes=True**")
    expect(urgentes).to_be_visible()
    expect(retard).to_be_hidden()


def test_la_barre_des_etapes_reste_ou_elle_est_quand_un_collegue_agit(
    produit: Produit, asseoir: Asseoir, demande: dict[str, Any]
) -> None:
    page = asseoir("claire", largeur=390)
    page.goto(f"/demandes/{demande['id']}")
    barre = page.locator("main .etapes")
    assert barre.evaluate("e => e.scrollWidth > e.clientWidth + 200"), "le circuit tient dans l'écran"
    barre.evaluate("e => { e.scrollLeft = 180 }")
    produit.creer("nadia", f"/demandes/demandes/{demande['id']}/notes", {"texte": "Le client rappellera"})
    expect(page.locator("#activite")).to_contain_text("Le client rappellera")
    assert barre.evaluate("e => Math.round(e.scrollLeft)") == 180
    produit.creer("nadia", f"/demandes/demandes/{demande['id']}/etat", {"vers": "attente_client"})
    expect(barre.locator("[aria-current]")).to_contain_text("Attente client")
    expect(barre.locator("[aria-current]")).to_be_in_viewport()
