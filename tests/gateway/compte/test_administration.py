"""Accounts in pages: the last administrator stays, a forgotten password is given again, an account is linked to a person."""

import re
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import select

from gateway.compte.models import Compte
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from shared.testing.texte import simple
from tests.gateway.bureau import MOT_DE_PASSE, Bureau, Poste, ouvrir
from tests.gateway.pages.saisie import champs

NOUVEAU = "une-phrase-que-je-retiens"


@pytest.fixture
async def office(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The gateway in front of contacts."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("contacts", **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert


async def _compte(bureau: Bureau, identifiant: str) -> Compte:
    async with bureau.bases["gateway"].read() as session:
        return (await session.scalars(select(Compte).where(Compte.identifiant == identifiant))).one()


async def _formulaire(poste: Poste, compte: Compte) -> tuple[str, dict[str, list[str]]]:
    url = f"/administration/comptes/{compte.id}"
    return url, dict(champs(await poste.lire(url), url))


async def test_le_dernier_administrateur_actif_reste(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    url, saisie = await _formulaire(alice, await _compte(bureau, "alice"))
    changes: tuple[dict[str, list[str]], ...] = ({"roles": ["accueil"]}, {"est_actif": []})
    for change in changes:
        refus = await alice.envoyer(url, 422, **{**saisie, **change})
        assert "dernier administrateur" in simple(refus.text)
    await bureau.embaucher("bob", "administrateur")
    await alice.envoyer(url, 204, **{**saisie, "roles": ["accueil"]})
    assert (await _compte(bureau, "alice")).roles == ["accueil"]


async def test_un_compte_inconnu_n_est_pas_une_erreur_interne(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    assert "n’existe pas" in await alice.lire(f"/administration/comptes/{new_id()}", 404)


async def test_un_compte_se_relie_a_un_collaborateur_et_a_une_agence(office: Bureau) -> None:
    alice = await office.asseoir("alice", "administrateur")
    tetes = {"X-CSRF-Token": alice.csrf}
    zoe = {"nom": "Durand", "prenom": "Zoé", "email": "zoe@exemple.fr"}
    cree = (await alice.http.post("/api/contacts/collaborateurs", json=zoe, headers=tetes)).json()
    url = "/administration/comptes/nouveau"
    page = await alice.lire(url)
    assert "Zoé Durand" in page
    saisie = {**champs(page, url), "identifiant": ["zoe"], "nom": ["Zoé"], "mot_de_passe": [MOT_DE_PASSE]}
    saisie |= {"roles": ["accueil"], "collaborateur_id": [cree["id"]]}
    await alice.envoyer(url, 204, **saisie)
    compte = await _compte(office, "zoe")
    assert compte.collaborateur_id == UUID(cree["id"])
    url, saisie = await _formulaire(alice, compte)
    assert saisie["collaborateur_id"] == [cree["id"]]
    doublon = {**saisie, "identifiant": ["zoe2"], "mot_de_passe": [MOT_DE_PASSE]}
    refus = await alice.envoyer("/administration/comptes/nouveau", 422, **doublon)
    assert "déjà le compte « zoe »" in simple(refus.text)


async def test_un_mot_de_passe_oublie_est_redonne_et_change_a_l_entree(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    claire = await bureau.asseoir("claire", "accueil")
    compte = await _compte(bureau, "claire")
    url = f"/administration/comptes/{compte.id}/mot-de-passe"
    donnee = await alice.envoyer(url, 200)
    trouve = re.search(r'data-provisoire[^>]*value="([^"]+)"|value="([^"]+)"[^>]*data-provisoire', donnee.text)
    assert trouve is not None, donnee.text
    provisoire = trouve[1] or trouve[2]
    assert len(provisoire) >= 12
    assert (await claire.http.get("/moi", headers={"accept": "text/html"})).status_code == 303, (
        "ses sessions sont fermées"
    )
    assert (await claire.entrer("claire")).status_code == 401, "l’ancien mot de passe ne sert plus"
    jeton = {"identifiant": "claire", "mot_de_passe": provisoire}
    refus = await claire.http.post("/api/auth/jetons", json=jeton)
    assert (refus.status_code, refus.json()["code"]) == (403, "mot_de_passe_a_changer")
    assert (await claire.entrer("claire", provisoire)).status_code == 303
    detour = await claire.http.get("/contacts", headers={"accept": "text/html"})
    assert (detour.status_code, detour.headers["location"]) == (303, "/moi/mot-de-passe")
    await claire.prendre_csrf("/moi/mot-de-passe")
    nouveau = {"actuel": provisoire, "nouveau": NOUVEAU, "confirmation": NOUVEAU}
    pareil = {"actuel": provisoire, "nouveau": provisoire, "confirmation": provisoire}
    await claire.envoyer("/moi/mot-de-passe", 422, **pareil)
    await claire.envoyer("/moi/mot-de-passe", 204, **nouveau)
    assert "Mon compte" in await claire.lire("/moi")
    assert (await claire.http.post("/api/auth/jetons", json=jeton | {"mot_de_passe": NOUVEAU})).status_code == 201
    assert (await claire.envoyer(url, 403)).status_code == 403, "il faut administrer"
