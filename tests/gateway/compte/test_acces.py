"""Getting in: wrong passwords slow down a login and an address, sessions end when asked, a second factor is proven."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest
from sqlalchemy import select

from gateway.compte.models import AdresseFreinee
from shared.kernel.clock import FrozenClock
from shared.settings import Mode, Settings
from tests.gateway.bureau import MOT_DE_PASSE, Bureau, Poste


def phrase(reponse: httpx.Response) -> str:
    """The text of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", reponse.text).split())


async def test_five_wrong_passwords_close_a_login_for_a_while(bureau: Bureau, clock: FrozenClock) -> None:
    await bureau.embaucher("claire", "accueil")
    poste = await bureau.poste()
    for _ in range(5):
        refus = await poste.entrer("claire", "au-hasard")
        assert (refus.status_code, "Identifiant ou mot de passe incorrect" in phrase(refus)) == (401, True)
    ferme = await poste.entrer("claire")
    assert "Trop d’essais infructueux : réessayez dans 1 min." in phrase(ferme)
    clock.advance(timedelta(seconds=61))
    assert (await poste.entrer("claire")).status_code == 303


async def test_an_address_that_tries_many_logins_is_slowed_down_too(bureau: Bureau, clock: FrozenClock) -> None:
    await bureau.embaucher("claire", "accueil")
    poste = await bureau.poste()
    for rang in range(20):
        assert (await poste.entrer(f"inconnu{rang}", "au-hasard")).status_code == 401
    assert "Trop d’essais infructueux" in phrase(await poste.entrer("claire"))
    jeton = {"identifiant": "claire", "mot_de_passe": MOT_DE_PASSE}
    assert (await poste.http.post("/api/auth/jetons", json=jeton)).json()["code"] == "trop_d_essais"
    clock.advance(timedelta(minutes=31))
    assert (await poste.entrer("claire")).status_code == 303
    assert (await poste.entrer("claire", "au-hasard")).status_code == 401  # counted from nothing again
    assert (await poste.entrer("claire")).status_code == 303


async def test_first_failures_that_meet_are_all_counted(bureau: Bureau) -> None:
    poste = await bureau.poste()
    corps = [{"identifiant": f"inconnu{rang}", "mot_de_passe": "au-hasard"} for rang in range(8)]
    refus = await asyncio.gather(*(poste.http.post("/api/auth/jetons", json=c) for c in corps))
    assert [r.status_code for r in refus] == [401] * 8
    async with bureau.bases["gateway"].read() as session:
        assert await session.scalar(select(AdresseFreinee.essais_rates)) == 8


async def test_my_other_sessions_end_and_an_administrator_ends_them_all(bureau: Bureau) -> None:
    claire = await bureau.asseoir("claire", "accueil")
    ailleurs = await bureau.poste()
    await ailleurs.entrer("claire")
    assert (await claire.lire("/moi")).count("/fermer") == 2  # the other one, and all the others
    await claire.envoyer("/moi/sessions/fermer-les-autres")
    assert (await ailleurs.http.get("/moi", headers={"accept": "text/html"})).status_code == 303
    assert "Cette session" in await claire.lire("/moi")

    admin = await bureau.asseoir("admin", "administrateur")
    comptes = (await admin.http.get("/api/comptes")).json()
    page = f"/administration/comptes/{next(c['id'] for c in comptes if c['identifiant'] == 'claire')}"
    assert "1 session" in await admin.lire(page)
    await admin.envoyer(f"{page}/sessions/fermer")
    assert (await claire.http.get("/moi", headers={"accept": "text/html"})).status_code == 303
    assert "Personne n’est connecté" in await admin.lire(page)
    assert (await claire.http.post(f"{page}/sessions/fermer")).status_code == 401


async def activer(poste: Poste, clock: FrozenClock) -> tuple[pyotp.TOTP, list[str]]:
    """The phone scans, proves itself; the application and the recovery codes."""
    faux = await poste.envoyer("/moi/second-facteur/preparer", 422, mot_de_passe="pas-le-bon")
    assert "Le mot de passe actuel n’est pas celui-là" in phrase(faux)
    await poste.envoyer("/moi/second-facteur/preparer", mot_de_passe=MOT_DE_PASSE)
    page = await poste.lire("/moi/second-facteur")
    assert 'src="data:image/svg+xml' in page
    trouve = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert trouve is not None
    totp = pyotp.TOTP(trouve[1])
    assert "Ce code n’est pas le bon" in phrase(await poste.envoyer("/moi/second-facteur/activer", 422, code="000000"))
    actif = await poste.envoyer("/moi/second-facteur/activer", 200, code=totp.at(clock.now()))
    codes = re.findall(r"<code>([a-z0-9]{4}-[a-z0-9]{4})</code>", actif.text)
    assert len(set(codes)) == 10
    return totp, codes


async def prouver(poste: Poste, page: httpx.Response, code: str) -> httpx.Response:
    """The second step of the sign-in page."""
    trouve = re.search(r'name="billet" value="([^"]+)"', page.text)
    assert trouve is not None, page.text
    champs = {"billet": trouve[1], "code": code, "suite": "/moi"}
    return await poste.http.post("/connexion/code", data=champs, headers={"accept": "text/html"})


async def test_a_second_factor_is_set_up_then_asked_and_never_twice_the_same_code(
    bureau: Bureau, clock: FrozenClock
) -> None:
    manon = await bureau.asseoir("manon", "commercial")
    totp, codes = await activer(manon, clock)
    ailleurs = await bureau.poste()
    etape = await ailleurs.entrer("manon")
    assert (etape.status_code, "set-cookie" in etape.headers) == (200, False)
    deja = await prouver(ailleurs, etape, totp.at(clock.now()))
    assert (deja.status_code, "il a déjà servi" in phrase(deja)) == (401, True)
    clock.advance(timedelta(seconds=30))
    ouverte = await prouver(ailleurs, etape, totp.at(clock.now()))
    assert (ouverte.status_code, ouverte.headers["location"]) == (303, "/moi")

    perdu = await bureau.poste()
    etape = await perdu.entrer("manon")
    assert (await prouver(perdu, etape, codes[3].upper())).status_code == 303
    etape = await (autre := await bureau.poste()).entrer("manon")
    assert (await prouver(autre, etape, codes[3])).status_code == 401
    clock.advance(timedelta(minutes=6))
    assert "a trop attendu" in phrase(await prouver(autre, etape, codes[4]))
    forge = await autre.http.post("/connexion/code", data={"billet": "a.9999999999.b", "code": codes[4]})
    assert forge.status_code == 401

    saisie = {"identifiant": "manon", "mot_de_passe": MOT_DE_PASSE}
    assert (await autre.http.post("/api/auth/jetons", json=saisie)).json()["code"] == "second_facteur_attendu"
    assert (await autre.http.post("/api/auth/jetons", json={**saisie, "code": codes[4]})).status_code == 201
    await manon.envoyer("/moi/second-facteur/desactiver", 422, code="123456")
    await manon.envoyer("/moi/second-facteur/desactiver", code=codes[5])
    assert (await autre.entrer("manon")).status_code == 303


async def test_wrong_codes_close_the_login_as_wrong_passwords_do(bureau: Bureau, clock: FrozenClock) -> None:
    totp, _ = await activer(await bureau.asseoir("manon", "commercial"), clock)
    ailleurs = await bureau.poste()
    etape = await ailleurs.entrer("manon")
    for _ in range(5):
        await prouver(ailleurs, etape, "000000")
    clock.advance(timedelta(seconds=30))
    assert "Trop d’essais infructueux" in phrase(await prouver(ailleurs, etape, totp.at(clock.now())))


class TestParRole:
    """A role that must have a second factor sees nothing else until it has one."""

    @pytest.fixture
    def test_settings(self, postgres_url: str, tmp_path: Any) -> Settings:
        return Settings(
            mode=Mode.EMBEDDED,
            database_url=postgres_url,
            storage_folder=tmp_path,
            smtp_tls="aucun",
            second_factor_roles="direction, administrateur",
        )

    async def test_it_is_led_to_set_it_up_and_cannot_give_it_up(self, bureau: Bureau, clock: FrozenClock) -> None:
        await bureau.embaucher("helene", "direction")
        helene = await bureau.poste()
        await helene.entrer("helene")
        ailleurs = await helene.http.get("/moi", headers={"accept": "text/html"})
        assert (ailleurs.status_code, ailleurs.headers["location"]) == (303, "/moi/second-facteur")
        assert (await helene.http.get("/api/moi")).json()["code"] == "second_facteur_a_activer"
        saisie = {"identifiant": "helene", "mot_de_passe": MOT_DE_PASSE}
        assert (await helene.http.post("/api/auth/jetons", json=saisie)).json()["code"] == "second_facteur_a_activer"
        await helene.prendre_csrf("/moi/second-facteur")
        _, codes = await activer(helene, clock)
        assert "Cette session" in await helene.lire("/moi")
        refus = await helene.envoyer("/moi/second-facteur/desactiver", 422, code=codes[0])
        assert "elle ne se désactive pas" in phrase(refus)

    async def test_a_lost_phone_is_forgotten_by_an_administrator(self, bureau: Bureau, clock: FrozenClock) -> None:
        await bureau.embaucher("admin", "administrateur")
        admin = await bureau.poste()
        await admin.entrer("admin")
        await admin.prendre_csrf("/moi/second-facteur")
        await activer(admin, clock)
        claire = await bureau.asseoir("claire", "accueil")
        await activer(claire, clock)
        comptes = (await admin.http.get("/api/comptes")).json()
        page = f"/administration/comptes/{next(c['id'] for c in comptes if c['identifiant'] == 'claire')}"
        assert (await claire.http.post(f"{page}/second-facteur/reinitialiser")).status_code == 403
        await admin.envoyer(f"{page}/second-facteur/reinitialiser")
        assert (await (await bureau.poste()).entrer("claire")).status_code == 303


async def test_a_token_is_shown_once_narrowed_expires_and_is_revoked(bureau: Bureau, clock: FrozenClock) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    sans = await celine.envoyer("/moi/jetons", 422, libelle="Export", jours="30")
    assert "Choisissez au moins une portée" in phrase(sans)
    trop = await celine.envoyer("/moi/jetons", 422, libelle="Export", jours="30", portees="administration")
    assert "dépasse ce que votre compte permet" in phrase(trop)
    fait = await celine.envoyer("/moi/jetons", 200, libelle="Export", jours="30", portees=["facture.lire"])
    trouve = re.search(r'<code class="moi-jeton"[^>]*>([^<]+)</code>', fait.text)
    assert trouve is not None
    secret = trouve[1]
    liste = await celine.lire("/moi/jetons")
    assert "Export" in liste
    assert "Factures : consulter · créé le" in liste.replace("\u00a0", " ").replace("\u202f", " ")
    assert secret not in liste

    programme = (await bureau.poste()).http
    programme.headers["authorization"] = f"Bearer {secret}"
    assert (await programme.get("/api/moi")).json()["identifiant"] == "celine"
    assert (await programme.get("/administratif", headers={"accept": "application/json"})).status_code == 200
    for interdit in ("/moi/jetons", "/moi/second-facteur/preparer", "/moi/mot-de-passe"):
        elargi = {"libelle": "b", "tout": "1", "mot_de_passe": "x", "actuel": "x", "nouveau": "x", "confirmation": "x"}
        assert (await programme.post(interdit, data=elargi)).json()["code"] == "session_requise"

    jeton_id = re.findall(r"/moi/jetons/([0-9a-f-]{36})/revoquer", liste)[0]
    voisin = await bureau.asseoir("karim", "atelier")
    await voisin.envoyer(f"/moi/jetons/{jeton_id}/revoquer")
    assert (await programme.get("/api/moi")).status_code == 200  # nobody revokes the token of somebody else
    clock.advance(timedelta(days=31))
    assert (await programme.get("/api/moi")).status_code == 401
    await celine.entrer("celine")
    await celine.prendre_csrf()
    await celine.envoyer(f"/moi/jetons/{jeton_id}/revoquer")
    assert "Aucun jeton" in await celine.lire("/moi/jetons")
