"""Webhooks in a real Chromium: registered, tried, what was answered read; a failure shows; the pages are accessible."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.browser.test_coque import AXE, REGLES
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
PAGE = "/administration/webhooks"


class Programme(BaseHTTPRequestHandler):
    """Takes what comes to /ok, fails at /mauvais."""

    recus: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_POST(self) -> None:
        corps = self.rfile.read(int(self.headers["content-length"])).decode()
        self.recus.append((corps, dict(self.headers.items())))
        self.send_response(200 if self.path == "/ok" else 503)
        self.end_headers()
        self.wfile.write("noté".encode() if self.path == "/ok" else b"base indisponible")

    def log_message(self, *_args: object) -> None:
        """Nothing on the console."""


@pytest.fixture
def programme() -> Iterator[str]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Programme)
    Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()
    serveur.server_close()


@pytest.fixture
def admin(produit: Produit, asseoir: Asseoir) -> Page:
    """An administrator at her desk."""
    if not any(compte["identifiant"] == "ines" for compte in produit.lire("admin", "/comptes")):
        compte = {"identifiant": "ines", "nom": "Inès", "roles": ["administrateur"], "mot_de_passe": SECRET}
        produit.creer("admin", "/comptes", compte)
    return asseoir("ines", tolere=(422,), axe=True)


def creer(page: Page, nom: str, adresse: str) -> str:
    """A webhook told of new contacts; its secret."""
    page.goto(PAGE)
    page.get_by_role("link", name="Nouveau webhook").first.click()
    page.locator("[name=libelle]").fill(nom)
    page.locator("[name=adresse]").fill(adresse)
    page.get_by_role("checkbox", name="Contact créé").check()
    page.get_by_role("button", name="Créer le webhook").click()
    secret = page.locator(".moi-jeton").inner_text()
    page.get_by_role("link", name="Je l’ai copié").click()
    return secret


def sans_faute(page: Page) -> None:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    fautes = page.evaluate(REGLES)["violations"]
    assert [(f["id"], f["nodes"][0]["html"][:200]) for f in fautes] == []


def test_un_webhook_de_sa_creation_a_son_premier_envoi(admin: Page, programme: str) -> None:
    admin.goto(f"{PAGE}/nouveau")
    admin.locator("[name=libelle]").fill("Sans fait")
    admin.locator("[name=adresse]").fill(f"{programme}/ok")
    admin.get_by_role("button", name="Créer le webhook").click()
    expect(admin.get_by_role("alert")).to_contain_text("Choisissez au moins un fait")
    secret = creer(admin, "Compta", f"{programme}/ok")
    admin.get_by_role("button", name="Envoyer un essai").click()
    rangee = admin.locator("#lignes tbody tr").first
    expect(rangee).to_contain_text("Remis")
    expect(rangee).to_contain_text(re.compile(r"200\s*\d+ ms"))
    corps, entetes = Programme.recus[-1]
    assert Webhook(secret).verify(corps, entetes)["type"] == "amanela.essai.v1"
    rangee.get_by_role("link").click()
    expect(admin.locator("#tiroir")).to_contain_text("noté")
    expect(admin.locator("#tiroir")).to_contain_text("Essai envoyé depuis Amanela")
    for largeur in (1440, 390):
        for theme in ("light", "dark"):
            admin.set_viewport_size({"width": largeur, "height": 900})
            admin.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            for adresse in (PAGE, f"{PAGE}/nouveau", admin.url.partition("/envois")[0]):
                admin.goto(adresse)
                sans_faute(admin)
                assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth"), adresse


def test_une_adresse_qui_refuse_le_dit_et_s_arrete_a_la_main(admin: Page, programme: str) -> None:
    creer(admin, "Supervision", f"{programme}/mauvais")
    admin.get_by_role("button", name="Envoyer un essai").click()
    expect(admin.locator("#lignes")).to_contain_text("503")
    admin.reload()
    expect(admin.get_by_role("alert")).to_contain_text("L’adresse ne prend rien")
    admin.get_by_role("button", name="Autres actions").click()
    admin.get_by_role("menuitem", name="Arrêter").click()
    expect(admin.get_by_role("button", name="Reprendre")).to_be_visible()
    expect(admin.locator("#webhook")).to_contain_text("l’envoi qui attendait est gardé")
    admin.goto(PAGE)
    expect(admin.get_by_role("row", name=re.compile("Supervision"))).to_contain_text("Arrêté")
