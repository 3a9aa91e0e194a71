"""Signing in with the company's identity provider, a real one on a real socket: who it proves, and every way it is refused."""

import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from shared.testing.texte import simple
from tests.gateway.bureau import MOT_DE_PASSE, Bureau, Poste, ouvrir
from tests.gateway.compte.fournisseur import CLIENT, SECRET, Fournisseur, fournisseur

BOUTON = "Continuer avec mon compte Alpes Réseaux"
PAGE = {"accept": "text/html"}


@pytest.fixture
def chez() -> Iterator[Fournisseur]:
    """The provider, where Claire is signed in."""
    with fournisseur() as ouvert:
        ouvert.pretend = {"sub": "42", "email": "Claire@Alpes.example", "email_verified": True}
        yield ouvert


@pytest.fixture
async def office(
    service_database: ServiceDatabase,
    clock: FrozenClock,
    test_settings: Settings,
    renderer: Renderer,
    chez: Fournisseur,
) -> AsyncIterator[Bureau]:
    """A gateway that knows this provider; its clock is the provider's, who signs dates."""
    clock.advance(datetime.fromtimestamp(int(time.time()), UTC) - clock.now())
    reglages = {
        "oidc_issuer": chez.adresse,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET),
        "oidc_label": "mon compte Alpes Réseaux",
        "public_url": "https://essai",
    }
    settings = test_settings.model_copy(update=reglages)
    async with ouvrir(service_database=service_database, clock=clock, settings=settings, renderer=renderer) as ouvert:
        await ouvert.embaucher("claire", "accueil", email="claire@alpes.example")
        yield ouvert


def _regler(office: Bureau, **reglages: str) -> None:
    """The same installation, started with other settings."""
    moyens = office.app.state.means
    office.app.state.means = replace(moyens, settings=moyens.settings.model_copy(update=reglages))


async def _partir(poste: Poste, suite: str = "") -> str:
    """To the provider, as the button does; where it sends back."""
    depart = await poste.http.get("/connexion/entreprise", params={"suite": suite} if suite else {}, headers=PAGE)
    assert depart.status_code == 303, depart.text[:500]
    async with httpx.AsyncClient() as navigateur:
        rendu = await navigateur.get(depart.headers["location"])
    assert rendu.status_code == 302, rendu.text
    retour: str = rendu.headers["location"]
    return retour


async def _revenir(poste: Poste, retour: str) -> httpx.Response:
    return await poste.http.get(retour, headers=PAGE)


def _phrase(reponse: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", simple(reponse.text)).split())


async def test_le_bouton_n_est_la_que_regle(bureau: Bureau, office: Bureau) -> None:
    assert BOUTON in await (await office.poste()).lire("/connexion?suite=/contacts")
    sans = await bureau.poste()
    assert "Continuer avec" not in await sans.lire("/connexion")
    assert (await sans.http.get("/connexion/entreprise")).headers["location"] == "/connexion"


async def test_qui_est_prouve_entre_dans_son_compte_la_ou_il_allait(office: Bureau, chez: Fournisseur) -> None:
    poste = await office.poste()
    depart = await poste.http.get("/connexion/entreprise", params={"suite": "/contacts"})
    demande = parse_qs(urlsplit(depart.headers["location"]).query)
    assert (demande["code_challenge_method"], demande["response_type"]) == (["S256"], ["code"])
    assert len(demande["nonce"][0]) > 30
    assert len(demande["state"][0]) > 30
    retour = await _partir(poste, "/contacts")
    entre = await _revenir(poste, retour)
    assert (entre.status_code, entre.headers.get("location")) == (303, "/contacts"), _phrase(entre)
    assert "Claire" in await poste.lire("/moi")
    rejoue = await _revenir(await office.poste(), retour)
    assert (rejoue.status_code, "trop attendu ou vient d’une autre fenêtre" in _phrase(rejoue)) == (401, True)


async def test_par_identifiant_quand_c_est_le_claim_regle(office: Bureau, chez: Fournisseur) -> None:
    _regler(office, oidc_claim="preferred_username")
    chez.pretend = {"sub": "42", "preferred_username": "CLAIRE", "email": "autre@alpes.example"}
    poste = await office.poste()
    assert (await _revenir(poste, await _partir(poste))).status_code == 303


async def test_sans_compte_ouvert_personne_n_entre_et_rien_n_est_cree(office: Bureau, chez: Fournisseur) -> None:
    await office.embaucher("parti", "accueil", email="parti@alpes.example", est_actif=False)
    await office.embaucher("double", "accueil", email="claire2@alpes.example")
    await office.embaucher("double2", "accueil", email="claire2@alpes.example")
    alice = await office.asseoir("alice", "administrateur")
    avant = len((await alice.http.get("/api/comptes")).json())
    for email in ("inconnu@alpes.example", "parti@alpes.example", "claire2@alpes.example", ""):
        chez.pretend = {"sub": "7", "email": email}
        poste = await office.poste()
        refus = await _revenir(poste, await _partir(poste))
        assert (refus.status_code, "relié à aucun compte ouvert ici" in _phrase(refus)) == (401, True), email
        assert BOUTON in _phrase(refus)
    chez.pretend = {"sub": "7", "email": "claire@alpes.example", "email_verified": False}
    poste = await office.poste()
    assert (await _revenir(poste, await _partir(poste))).status_code == 401, "une adresse que personne n’a vérifiée"
    assert len((await alice.http.get("/api/comptes")).json()) == avant


async def test_le_second_facteur_du_compte_reste_demande(office: Bureau, clock: FrozenClock) -> None:
    claire = await office.poste()
    assert (await claire.entrer("claire")).status_code == 303
    await claire.prendre_csrf()
    await claire.envoyer("/moi/second-facteur/preparer", mot_de_passe=MOT_DE_PASSE)
    trouve = re.search(r"\b[A-Z2-7]{32}\b", await claire.lire("/moi/second-facteur"))
    assert trouve is not None
    code = pyotp.TOTP(trouve[0]).at(clock.now())
    await claire.envoyer("/moi/second-facteur/activer", 200, code=code)
    clock.advance(timedelta(seconds=31))
    poste = await office.poste()
    attente = await _revenir(poste, await _partir(poste, "/contacts"))
    billet = re.search(r'name="billet" value="([^"]+)"', attente.text)
    assert billet is not None, _phrase(attente)
    assert (await poste.http.get("/moi", headers=PAGE)).status_code == 303, "pas encore entrée"
    saisie = {"billet": billet[1], "code": pyotp.TOTP(trouve[0]).at(clock.now()), "suite": "/contacts"}
    entree = await poste.http.post("/connexion/code", data=saisie, headers=PAGE)
    assert (entree.status_code, entree.headers["location"]) == (303, "/contacts")


async def test_ce_qui_ne_vient_pas_du_fournisseur_est_refuse(
    office: Bureau, chez: Fournisseur, clock: FrozenClock
) -> None:
    poste = await office.poste()
    retour = await _partir(poste)
    faux = await _revenir(poste, re.sub(r"state=[^&]+", "state=un-autre", retour))
    assert (faux.status_code, "n’a pas abouti" in _phrase(faux)) == (401, True)
    renonce = await _revenir(poste, "/connexion/entreprise/retour?error=access_denied")
    assert "n’a pas abouti" in _phrase(renonce)
    retour = await _partir(poste)
    clock.advance(timedelta(minutes=11))
    assert "trop attendu" in _phrase(await _revenir(poste, retour))
    clock.advance(timedelta(minutes=-11))
    chez.nonce_impose = "le-nonce-d-un-autre"
    assert "n’a pas abouti" in _phrase(await _revenir(poste, await _partir(poste)))
    chez.nonce_impose = None
    chez.signe_avec = RSAKey.generate_key(2048, {"kid": "un"})
    assert "n’a pas abouti" in _phrase(await _revenir(poste, await _partir(poste)))
    chez.signe_avec = None
    retour = await _partir(poste)
    for code in chez.codes.values():
        code.code_challenge = "le-challenge-d-un-autre"
    assert "n’a pas abouti" in _phrase(await _revenir(poste, retour)), "PKCE"
    assert (await _revenir(poste, await _partir(poste))).status_code == 303


async def test_un_fournisseur_arrete_laisse_le_mot_de_passe(office: Bureau) -> None:
    _regler(office, oidc_issuer="http://127.0.0.1:1")
    poste = await office.poste()
    refus = await poste.http.get("/connexion/entreprise", headers=PAGE)
    assert (refus.status_code, "ne répond pas" in _phrase(refus)) == (502, True)
    assert (await poste.entrer("claire")).status_code == 303
