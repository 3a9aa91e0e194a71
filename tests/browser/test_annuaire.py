"""The directory in a real Chromium: every kind of contact in one search, those of the company included; fifty thousand searched."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.contacts_data import ADDRESSES, COLUMNS, WORDS
from shared.database.engine import connect
from shared.local_postgres import LocalPostgres
from shared.settings import with_database
from shared.testing.fixtures import folder_for_servers
from tests.browser.produit import Produit, demarrer
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
COMBIEN = 50_000
SEUIL_MS = 300
WEXFORD = {
    "nom": "Wexford Télécom",
    "roles": ["fournisseur"],
    "telephone": "02 99 12 87 34",
    "email": "accueil@wexford.example",
    "adresses": [{"lignes": ["3 quai des Ormes"], "code_postal": "29300", "ville": "Quimperlé"}],
}


@pytest.fixture(scope="module")
def dossier() -> Iterator[Path]:
    with folder_for_servers() as chemin:
        yield chemin


@pytest.fixture(scope="module")
def annuaire(dossier: Path) -> Iterator[Produit]:
    """A product of its own: fifty thousand contacts would be in the way of other tests."""
    with demarrer(dossier) as produit:
        yield produit


@pytest.fixture
def bureau(chromium: Browser, annuaire: Produit) -> Iterator[Callable[[str], Page]]:
    """`bureau("claire")`: her signed-in page."""

    @contextmanager
    def ouvrir() -> Iterator[Callable[[str], Page]]:
        contextes = []

        def entrer(qui: str) -> Page:
            contextes.append(chromium.new_context(base_url=annuaire.adresse, locale="fr-FR"))
            page = contextes[-1].new_page()
            page.goto("/connexion")
            page.get_by_label("Identifiant").first.fill(qui)
            page.get_by_label("Mot de passe").first.fill(SECRET)
            page.get_by_role("button", name="Se connecter").click()
            page.locator(".moi").wait_for()
            return page

        yield entrer
        for contexte in contextes:
            contexte.close()

    with ouvrir() as entrer:
        yield entrer


def inscrire(page: Page, nom: str, *genres: str) -> None:
    """A contact of these kinds, by the form."""
    page.goto("/contacts/nouveau")
    page.locator("main [name=nom]").fill(nom)
    for case in page.locator("main [name=roles]:checked").all():
        case.uncheck(force=True)
    for genre in genres:
        page.get_by_role("checkbox", name=genre, exact=True).check(force=True)
    page.locator("main form [type=submit]").last.click()
    page.wait_for_url("**/contacts/0*")


@pytest.mark.feature("CT-01")
def test_chaque_genre_de_contact_se_trouve_dans_la_meme_recherche(bureau: Callable[[str], Page]) -> None:
    helene = bureau("helene")
    helene.goto("/contacts/genres")
    helene.get_by_role("link", name="Nouveau type").click()
    helene.locator("[name=libelle]").fill("Sous-traitant")
    helene.locator("[name=ton]").select_option(label="Vert")
    helene.get_by_role("button", name="Enregistrer").click()
    expect(helene.get_by_role("row", name="Sous-traitant")).to_contain_text("Proposé")
    claire = bureau("claire")
    for nom, genres in (
        ("Orchidée cliente", ["Client"]),
        ("Orchidée prospect", ["Prospect"]),
        ("Orchidée fournisseur", ["Fournisseur"]),
        ("Orchidée autre", ["Autre"]),
        ("Orchidée pose", ["Sous-traitant"]),
        ("Orchidée double", ["Client", "Fournisseur"]),
    ):
        inscrire(claire, nom, *genres)
    claire.goto("/contacts")
    claire.get_by_label("Rechercher un contact").fill("orchidee")
    rangees = claire.locator("[data-liste] tr[data-id]")
    expect(rangees).to_have_count(6)
    double = rangees.filter(has_text="Orchidée double")
    for genre in ("Client", "Fournisseur"):
        expect(double.get_by_text(genre, exact=True)).to_be_visible()
    expect(rangees.filter(has_text="Orchidée pose")).to_contain_text("Sous-traitant")
    claire.get_by_role("complementary").get_by_role("link", name="Sous-traitant").click()
    expect(rangees).to_have_count(1)
    # a kind no longer offered stays on who has it
    helene.get_by_role("link", name="Sous-traitant").click()
    helene.get_by_role("switch", name="Proposé").uncheck(force=True)
    helene.get_by_role("button", name="Enregistrer").click()
    expect(helene.get_by_role("row", name="Sous-traitant")).to_contain_text("Plus proposé")
    claire.goto("/contacts/nouveau")
    expect(claire.get_by_role("checkbox", name="Sous-traitant")).to_have_count(0)
    claire.goto("/contacts?q=orchidee pose")
    expect(rangees).to_contain_text("Sous-traitant")


def remplir(dossier: Path, combien: int) -> None:
    """So many contacts more, written by SQL in a thread: the loop of Playwright runs in this one."""

    async def ecrire() -> None:
        postgres = LocalPostgres(dossier / "donnees" / "postgres")
        connection = await connect(with_database(postgres.url, "amanela_contacts"))
        try:
            await connection.execute(COLUMNS, 1, combien, timeout=300)
            for texte in (ADDRESSES, WORDS, "VACUUM ANALYZE"):
                await connection.execute(texte, timeout=300)
        finally:
            await connection.close()

    fil = Thread(target=lambda: asyncio.run(ecrire()))
    fil.start()
    fil.join()


@pytest.mark.feature("CT-02")
def test_cinquante_mille_contacts_se_cherchent_en_moins_de_trois_cents_millisecondes(
    dossier: Path, annuaire: Produit, bureau: Callable[[str], Page]
) -> None:
    remplir(dossier, COMBIEN)
    code = annuaire.creer("claire", "/contacts/tiers", WEXFORD)["code"]
    page = bureau("claire")
    page.goto("/contacts")
    champ = page.get_by_label("Rechercher un contact")
    premieres = page.locator("[data-liste] tr[data-id]")
    durees: list[float] = []
    for tape in ("wex", "128734", "accueil@wexf", code, "quimperle", "TÉLÉCOM", "02 99 12 87"):
        champ.fill("")
        expect(premieres).to_have_count(50)
        with page.expect_response(
            lambda reponse: "/contacts?q=" in reponse.url and "q=&" not in reponse.url
        ) as attendue:
            champ.press_sequentially(tape, delay=10)
        expect(page.locator("[data-liste] tr[data-id]:nth-of-type(-n+3)", has_text="Wexford Télécom")).to_be_visible()
        reponse = attendue.value
        assert reponse.ok
        reponse.finished()
        durees.append(reponse.request.timing["responseEnd"])
    assert median(durees) < SEUIL_MS, durees
    page.goto("/demandes")
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("wexf")
    expect(page.locator(".palette-option[aria-selected=true]")).to_contain_text("Wexford Télécom")
