"""What was said with a contact: kept in sequence, told to those it names, moved by a merge, silent about who is forgotten."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.contacts.fusion import use_cases as fusions
from shared.contracts.contacts import NoteTiersAjoutee
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces
from shared.testing.eventually import eventually
from shared.testing.fixtures import Jeton, ServiceClient, ServiceDatabase

Json = dict[str, Any]


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _creer(client: httpx.AsyncClient, nom: str, **champs: Any) -> Json:
    reponse = await client.post("/tiers", json={"nom": nom, "roles": ["client"], **champs})
    assert reponse.status_code == 201, reponse.text
    return dict(reponse.json())


async def _notes(client: httpx.AsyncClient, tiers: Json, **params: Any) -> Json:
    return dict((await client.get(f"/tiers/{tiers['id']}/notes", params=params)).json())


async def test_appels_et_notes_se_lisent_du_dernier_au_premier(client: httpx.AsyncClient, clock: FrozenClock) -> None:
    tiers = await _creer(client, "Mairie de Sévrier")
    for genre, texte in (("appel", "Rappelle jeudi"), ("visite", "Local vu"), ("note", "Clé à la mairie")):
        corps = {"genre": genre, "texte": texte}
        assert (await client.post(f"/tiers/{tiers['id']}/notes", json=corps)).status_code == 201
        clock.advance(timedelta(seconds=9))
    premiere = await _notes(client, tiers, limite=2)
    assert [(n["genre"], n["texte"]) for n in premiere["elements"]] == [
        ("note", "Clé à la mairie"),
        ("visite", "Local vu"),
    ]
    suite = await _notes(client, tiers, curseur=premiere["curseur_suivant"])
    assert [n["texte"] for n in suite["elements"]] == ["Rappelle jeudi"]
    assert (await client.post(f"/tiers/{tiers['id']}/notes", json={"texte": "  "})).status_code == 422
    assert (await client.post(f"/tiers/{new_id()}/notes", json={"texte": "Bonjour"})).status_code == 404


async def test_un_collegue_cite_est_nomme_par_le_fait(client: httpx.AsyncClient, contacts: Database) -> None:
    tiers = await _creer(client, "Mairie de Sévrier")
    personne = {"nom": "Leclerc", "prenom": "Manon", "email": "manon@exemple.fr"}
    manon = (await client.post("/collaborateurs", json=personne)).json()
    await client.post(f"/tiers/{tiers['id']}/notes", json={"genre": "appel", "texte": "@Manon à rappeler"})
    (fait,) = await annonces(contacts, NoteTiersAjoutee)
    assert isinstance(fait, NoteTiersAjoutee)
    assert (fait.tiers_nom, fait.genre, fait.extrait) == ("Mairie de Sévrier", "appel", "@Manon à rappeler")
    assert fait.mention_ids == (UUID(manon["id"]),)


async def test_qui_ne_modifie_pas_les_contacts_lit_sans_ecrire(client: httpx.AsyncClient, jeton: Jeton) -> None:
    tiers = await _creer(client, "Mairie de Sévrier")
    client.headers.update(jeton("tiers.lire"))
    assert (await client.post(f"/tiers/{tiers['id']}/notes", json={"texte": "Vu"})).status_code == 403
    assert (await _notes(client, tiers))["elements"] == []


async def test_un_doublon_reuni_apporte_ses_notes(client: httpx.AsyncClient) -> None:
    garde, double = await _creer(client, "Plasti-Alpes"), await _creer(client, "PLASTI ALPES")
    await client.post(f"/tiers/{double['id']}/notes", json={"texte": "Portail en panne"})
    reunis = await client.post(f"/tiers/{garde['id']}/fusionner", json={"absorbe_id": double["id"]})
    assert reunis.status_code == 200, reunis.text
    assert [n["texte"] for n in (await _notes(client, garde))["elements"]] == ["Portail en panne"]
    refus = await client.post(f"/tiers/{double['id']}/notes", json={"texte": "Trop tard"})
    assert refus.json()["code"] == "tiers_absorbe"


async def test_une_note_ecrite_pendant_la_fusion_ne_reste_pas_sur_la_fiche_absorbee(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    garde, double = await _creer(client, "Plasti-Alpes"), await _creer(client, "PLASTI ALPES")
    requete = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

    async def attend() -> bool:
        async with contacts.read() as session:
            return bool(await session.scalar(text(requete)))

    async with contacts.transaction(Actor.systeme("test")) as tx:
        await fusions.reunir(tx, UUID(garde["id"]), UUID(double["id"]))
        ecrite = asyncio.create_task(client.post(f"/tiers/{double['id']}/notes", json={"texte": "Portail en panne"}))
        await eventually(attend)
    assert (await ecrite).json()["code"] == "tiers_absorbe"


async def test_une_personne_oubliee_n_est_plus_nommee_dans_les_notes(client: httpx.AsyncClient) -> None:
    zoe = {"prenom": "Zoé", "nom": "Lefèvre", "email": "zoe@exemple.fr"}
    tiers = await _creer(client, "Cabinet 74", interlocuteurs=[zoe])
    texte = "Zoé Lefèvre attend un devis à zoe@exemple.fr"
    await client.post(f"/tiers/{tiers['id']}/notes", json={"genre": "appel", "texte": texte})
    personne = tiers["interlocuteurs"][0]["id"]
    assert (await client.post(f"/tiers/{tiers['id']}/interlocuteurs/{personne}/anonymiser")).status_code == 200
    (note,) = (await _notes(client, tiers))["elements"]
    assert "attend un devis" in note["texte"]
    assert not [mot for mot in ("Zoé", "Lefèvre", "zoe@exemple.fr") if mot in note["texte"]]
    trouve = await client.get("/donnees-personnelles", params={"terme": "Zoé Lefèvre"})
    assert trouve.json() == {}
