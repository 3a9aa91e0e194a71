"""One product for the run, one Chromium for a module, one desk per person; whatever the console complains about fails."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from shared.testing.fixtures import folder_for_servers
from tests.browser.produit import Produit, demarrer, secret_de

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Asseoir = Callable[..., Page]
expect.set_options(timeout=45_000)  # the machine may be busy with other tests


@pytest.fixture(scope="session")
def produit() -> Iterator[Produit]:
    """The embedded product with its staff."""
    with folder_for_servers() as dossier, demarrer(dossier) as lance:
        yield lance


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield navigateur
        navigateur.close()


@pytest.fixture
def asseoir(chromium: Browser, produit: Produit) -> Iterator[Asseoir]:
    """`asseoir("manon")`: a signed-in page. `tolere` names the statuses a test provokes, `coupures` that it cuts the network."""
    plaintes: list[str] = []
    contextes: list[BrowserContext] = []

    def surveiller(page: Page, tolere: tuple[int, ...], coupures: bool) -> None:
        def reponse(r: Response) -> None:
            if r.status >= 400 and r.status not in tolere:
                plaintes.append(f"{r.status} {r.request.method} {r.url}")

        page.on("response", reponse)
        page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
        page.on(
            "console",
            lambda m: (
                plaintes.append(f"{m.text} ({page.url})")
                if m.type == "error"
                and not any(str(statut) in m.text for statut in tolere)
                and not (coupures and any(dit in m.text for dit in ("net::ERR", "Failed to fetch")))
                else None
            ),
        )

    def asseoit(
        qui: str,
        *,
        largeur: int = 1440,
        sombre: bool = False,
        axe: bool = False,
        tactile: bool = False,
        tolere: tuple[int, ...] = (),
        coupures: bool = False,
    ) -> Page:
        contexte = chromium.new_context(
            base_url=produit.adresse,
            viewport={"width": largeur, "height": 900},
            color_scheme="dark" if sombre else "light",
            locale="fr-FR",
            bypass_csp=axe,
            has_touch=tactile,
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.set_default_timeout(45_000)
        surveiller(page, tolere, coupures)
        page.goto("/connexion")
        page.get_by_label("Identifiant").first.fill(qui)
        page.get_by_label("Mot de passe").first.fill(secret_de(qui))
        page.get_by_role("button", name="Se connecter").click()
        page.locator(".moi").wait_for()
        return page

    yield asseoit
    for contexte in contextes:
        contexte.close()
    assert plaintes == [], plaintes
