"""The working week of a collaborator: ordinary when nothing is said, kept in the sequence of the week, and announced."""

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.contacts import SEMAINE_ORDINAIRE
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient, ServiceDatabase

ZOE = {"nom": "Favre", "prenom": "Zoé", "email": "zoe@exemple.fr"}


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def test_la_semaine_est_ordinaire_puis_celle_que_l_on_dit(contacts: Database, client: httpx.AsyncClient) -> None:
    cree = (await client.post("/collaborateurs", json=ZOE)).json()
    assert cree["demi_journees"] == list(SEMAINE_ORDINAIRE)
    corps = {**ZOE, "demi_journees": ["samedi_matin", "lundi_matin", "samedi_matin"]}
    tete = {"If-Match": f'"{cree["version"]}"'}
    change = await client.put(f"/collaborateurs/{cree['id']}", json=corps, headers=tete)
    assert change.json()["demi_journees"] == ["lundi_matin", "samedi_matin"]
    async with contacts.read() as session:
        annonces = await session.scalars(text("select payload->'demi_journees' from outbox order by seq"))
        assert list(annonces) == [list(SEMAINE_ORDINAIRE), ["lundi_matin", "samedi_matin"]]


async def test_une_demi_journee_inconnue_est_refusee(client: httpx.AsyncClient) -> None:
    refus = await client.post("/collaborateurs", json={**ZOE, "demi_journees": ["lundi_soir"]})
    assert refus.status_code == 422
