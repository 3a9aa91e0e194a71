"""My account, by its page: the second factor, the sessions open elsewhere, the tokens of my programs."""

import re

import httpx
import pyotp
import pytest
from playwright.sync_api import Page, expect

from shared.kernel.ids import new_id
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit
from tests.journeys.equipe import SECRET

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]
MESSAGE_FAUX = "Le mot de passe actuel n’est pas celui-là"


def _preparer(page: Page, mot_de_passe: str) -> None:
    page.locator("main [name=mot_de_passe]").fill(mot_de_passe)
    page.get_by_role("button", name="Préparer").click()


def test_le_second_facteur_se_regle_de_la_page_puis_ouvre_la_session(asseoir: Asseoir, produit: Produit) -> None:
    # Somebody of his own: whoever has a second factor signs in with it in every test of this product.
    compte = {"identifiant": "olga", "nom": "Olga", "roles": ["atelier"], "mot_de_passe": SECRET}
    produit.creer("admin", "/comptes", compte)
    page = asseoir("olga", tolere=(422, 401, 403))
    page.goto("/moi/second-facteur")
    _preparer(page, "pas le bon")
    expect(page.locator("main")).to_contain_text(MESSAGE_FAUX)
    expect(page.locator("#second-facteur")).to_have_count(1)  # the answer takes its place, and never nests in it
    _preparer(page, SECRET)
    secret = page.locator("#second-facteur code").inner_text()
    expect(page.locator("main")).not_to_contain_text(MESSAGE_FAUX)
    page.locator("main [name=code]").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Activer").click()
    secours = page.locator("#codes-secours code")
    expect(secours).to_have_count(10)
    expect(page.locator(".moi-qr")).to_have_count(0)
    code = secours.first.inner_text()
    ailleurs = page.context.browser.new_page(base_url=produit.adresse) if page.context.browser else page
    ailleurs.goto("/connexion")
    ailleurs.locator("[name=identifiant]").fill("olga")
    ailleurs.locator("[name=mot_de_passe]").fill(SECRET)
    ailleurs.get_by_role("button", name="Se connecter").click()
    ailleurs.locator("[name=code]").fill("000000")
    ailleurs.get_by_role("button", name="Se connecter").click()
    expect(ailleurs.locator("[role=alert]").first).to_be_visible()
    ailleurs.locator("[name=code]").fill(code)
    ailleurs.get_by_role("button", name="Se connecter").click()
    expect(ailleurs.locator(".moi")).to_be_visible()
    page.goto("/moi")
    page.get_by_role("button", name="Fermer toutes les autres").click()
    page.get_by_role("button", name="Fermer les autres sessions").click()
    expect(page.locator(".toast")).to_contain_text("Vos autres sessions sont fermées")
    ailleurs.goto("/contacts")
    expect(ailleurs).to_have_url(re.compile("/connexion"))
    ailleurs.close()


def test_un_jeton_de_la_page_se_copie_ne_fait_que_ce_qui_est_coche_puis_se_revoque(
    asseoir: Asseoir, produit: Produit
) -> None:
    page = asseoir("claire", tolere=(422,))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/moi/jetons")
    page.get_by_label("Pour quel programme").fill("Annuaire téléphonique")
    page.get_by_role("group", name="Contacts").get_by_role("checkbox", name="Consulter").check(force=True)
    page.get_by_role("button", name="Créer le jeton").click()
    expect(page.locator("#jetons")).to_have_count(1)
    secret = page.locator("#secret-montre").inner_text()
    page.get_by_role("button", name="Copier", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == secret
    entetes = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=f"{produit.adresse}/api", headers=entetes) as programme:
        assert programme.get("/contacts/tiers").status_code == 200
        corps, cle = {"nom": "Sans droit"}, {"Idempotency-Key": str(new_id())}
        assert programme.post("/contacts/tiers", json=corps, headers=cle).status_code == 403
        page.get_by_role("link", name="Je l’ai copié").click()
        le_jeton = page.locator(".liste-ligne", has_text="Annuaire téléphonique")  # beside those made for the API
        le_jeton.get_by_role("button", name="Révoquer").click()
        page.get_by_role("button", name="Révoquer le jeton").click()
        expect(le_jeton).to_have_count(0)
        assert programme.get("/contacts/tiers").status_code == 401
