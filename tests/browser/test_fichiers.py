"""Files dropped and pasted on a page, in a real browser: named, followed, shown under the strict policy, refused with a sentence."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
Json = dict[str, Any]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgaGj4DwAEhAICRj8yCQAAAABJRU5ErkJggg=="
)
FICHIERS = """(fichiers) => {
  const donnees = new DataTransfer();
  for (const [nom, type, octets] of fichiers) {
    const contenu = Uint8Array.from(atob(octets), (c) => c.charCodeAt(0));
    donnees.items.add(new File([contenu], nom, {type}));
  }
  return donnees;
}"""
POSER = f"""([geste, fichiers]) => {{
  const donnees = ({FICHIERS})(fichiers);
  if (geste === "coller") document.dispatchEvent(new ClipboardEvent("paste", {{clipboardData: donnees, bubbles: true}}));
  else document.querySelector("main").dispatchEvent(new DragEvent("drop", {{dataTransfer: donnees, bubbles: true, cancelable: true}}));
}}"""


def poser(page: Page, geste: str, *fichiers: tuple[str, str, bytes]) -> None:
    """Drop or paste these files, as (name, type, content)."""
    page.evaluate(POSER, [geste, [[nom, type_, base64.b64encode(octets).decode()] for nom, type_, octets in fichiers]])


@pytest.fixture(scope="module")
def demande(produit: Produit) -> Json:
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": "Brasserie du Lac", "roles": ["client"], "adresses": [ANNECY]}
    )
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Caméras de la terrasse"}
    return bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))


def test_deposes_n_importe_ou_ou_colles_ils_sont_joints_et_montres(asseoir: Asseoir, demande: Json) -> None:
    page = asseoir("claire")
    violations: list[str] = []
    page.on("console", lambda m: violations.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(f"/demandes/{demande['id']}")
    liste = page.locator("#fichiers .fj-liste")
    pdf = page.pdf()
    poser(page, "deposer", ("Plan.pdf", "application/pdf", pdf), ("façade.png", "image/png", PNG))
    expect(liste.locator("li")).to_have_count(2)
    poser(page, "coller", ("image.png", "image/png", PNG + b"1"))
    expect(liste).to_contain_text("Capture 20")
    poser(page, "deposer", ("plan.PDF", "application/pdf", pdf + b"\n"))
    expect(liste).to_contain_text("version 2")
    expect(liste.locator("li")).to_have_count(3)
    liste.get_by_role("link", name="façade.png", exact=True).click()
    image = page.locator("#dialogue .fj-image img")
    expect(image).to_be_visible()
    assert image.evaluate("async (i) => { await i.decode(); return i.naturalWidth; }") == 1
    page.keyboard.press("Escape")
    with page.expect_response(lambda r: r.url.partition("#")[0].endswith("/apercu")) as servie:
        liste.get_by_role("link", name="plan.PDF", exact=True).click()
    assert (servie.value.status, servie.value.headers["content-type"]) == (200, "application/pdf")
    expect(page.locator("#dialogue object.apercu-pdf")).to_be_visible()
    versions = page.locator("#dialogue").get_by_role("link", name="Version 1")
    versions.click()
    expect(page.locator("#dialogue h2")).to_have_text("Plan.pdf")
    assert violations == []


def test_ce_qui_n_est_pas_un_document_est_refuse_et_nomme(asseoir: Asseoir, demande: Json) -> None:
    page = asseoir("claire", tolere=(422,))
    page.goto(f"/demandes/{demande['id']}")
    poser(page, "deposer", ("page.html", "text/html", b"<html><script>alert(1)</script>"))
    expect(page.locator(".toast-danger")).to_contain_text("« page.html »")
    expect(page.locator("#fichiers")).not_to_contain_text("page.html")


def test_des_cellules_copiees_restent_du_texte(asseoir: Asseoir, demande: Json) -> None:
    """A spreadsheet puts a picture of its cells beside their text."""
    page = asseoir("claire")
    page.goto(f"/demandes/{demande['id']}")
    page.evaluate(
        f"""(fichiers) => {{
          const donnees = ({FICHIERS})(fichiers);
          donnees.setData("text/plain", "a\\tb");
          document.dispatchEvent(new ClipboardEvent("paste", {{clipboardData: donnees, bubbles: true}}));
        }}""",
        [["image.png", "image/png", base64.b64encode(PNG + b"2").decode()]],
    )
    poser(page, "deposer", ("apres.png", "image/png", PNG + b"3"))
    expect(page.locator("#fichiers")).to_contain_text("apres.png")
    assert page.locator("#fichiers").get_by_text("Capture 20").count() <= 1, "seule la capture du premier test est là"


def test_un_collegue_voit_le_fichier_sans_recharger(asseoir: Asseoir, demande: Json) -> None:
    claire, manon, fiche = asseoir("claire"), asseoir("manon"), asseoir("nadia")
    for page in (claire, manon):
        page.goto(f"/demandes/{demande['id']}")
    poser(claire, "deposer", ("Accès terrasse.pdf", "application/pdf", claire.pdf()))
    expect(manon.locator("#fichiers")).to_contain_text("Accès terrasse.pdf")
    for page in (claire, fiche):
        page.goto(f"/contacts/{demande['tiers_id']}/fichiers")
    poser(claire, "deposer", ("Plan du client.pdf", "application/pdf", claire.pdf()))
    expect(fiche.locator("main")).to_contain_text("Plan du client.pdf")


def test_un_collegue_voit_le_fichier_d_une_etude_et_d_une_affaire(
    produit: Produit, asseoir: Asseoir, demande: Json
) -> None:
    etude = bientot(lambda: dict(produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]})))
    editeur = f"/devis/propositions/{etude['propositions'][0]['id']}"
    manon, helene, lecteur = asseoir("manon"), asseoir("helene"), asseoir("helene")
    for page in (manon, helene, lecteur):
        page.goto(editeur)
    compte = lecteur.locator("#pr-fichiers .panneau-compte")
    expect(compte).to_have_text("0")
    helene.locator("#pr-fichiers").click()
    tiroir = helene.locator("#tiroir[open]")
    expect(tiroir).to_contain_text("Fichiers")
    poser(manon, "deposer", ("Relevé.pdf", "application/pdf", manon.pdf()))
    expect(tiroir).to_contain_text("Relevé.pdf")
    expect(compte).to_have_text("1")
    for page in (helene, lecteur):
        expect(page.locator("#perime")).to_have_count(0)
    affaire = {
        "code": f"F-{demande['numero']}",
        "libelle": "Terrasse",
        "etat": "affaire",
        "tiers_id": demande["tiers_id"],
    }
    fiche = f"/devis/affaires/{produit.creer('manon', '/commercial/affaires', affaire)['id']}"
    for page in (manon, helene):
        page.goto(fiche)
    poser(manon, "deposer", ("Plan de la terrasse.pdf", "application/pdf", manon.pdf()))
    expect(helene.locator("#fichiers")).to_contain_text("Plan de la terrasse.pdf")
