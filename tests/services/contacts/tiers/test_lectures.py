"""What a directory of 100,000 files must not read again: the pages before the one asked, and every file to add up debts."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.contacts.subscriptions import subscriptions
from shared.database.database import Database
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.statements import sent
from tests.services.contacts.encours.test_encours import facture, paiement


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _tiers(client: httpx.AsyncClient, *noms: str, **champs: Any) -> list[Any]:
    corps = {"roles": ["client"], **champs}
    return [(await client.post("/tiers", json={"nom": nom, **corps})).json() for nom in noms]


async def test_a_page_begins_in_the_index_where_the_last_one_ended(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    await _tiers(client, "Aubry", "Aubry", "Bonnet", "Caron", "Aubry")
    vus: list[str] = []
    curseur: str | None = ""
    with sent(contacts) as ecrites:
        while curseur is not None:
            page = (
                await client.get("/tiers", params={"limite": 2, **({"curseur": curseur} if curseur else {})})
            ).json()
            vus += [t["nom"] for t in page["elements"]]
            curseur = page["curseur_suivant"]
    assert vus == ["Aubry", "Aubry", "Aubry", "Bonnet", "Caron"]
    suivante = next(e for e in ecrites if "nom_tri >" in e)
    assert "tiers.nom_tri >= $" in suivante, suivante  # what an index can begin at; an OR alone is none


async def test_the_total_of_a_search_is_what_its_contacts_owe(client: httpx.AsyncClient, contacts: Database) -> None:
    aubry, bonnet, double, _ = await _tiers(client, "Aubry", "Bonnet", "Bonnet bis", "Caron")
    a_moitie = facture(aubry["id"], "100")
    reglee = facture(bonnet["id"], "300")
    await recevoir(contacts, subscriptions, a_moitie, reglee, facture(double["id"], "50"))
    await recevoir(contacts, subscriptions, paiement(a_moitie, "60", "60"), paiement(reglee, "360", "0"))
    lus = (await client.get("/tiers/totaux")).json()
    assert (lus["nombre"], Decimal(lus["encours_ttc"])) == (4, Decimal(120))
    lus = (await client.get("/tiers/totaux", params={"q": "bonnet"})).json()
    assert (lus["nombre"], Decimal(lus["encours_ttc"])) == (2, Decimal(60))
    await client.post(f"/tiers/{bonnet['id']}/fusionner", json={"absorbe_id": double["id"]})
    lus = (await client.get("/tiers/totaux", params={"role": "client"})).json()
    assert (lus["nombre"], Decimal(lus["encours_ttc"])) == (3, Decimal(120))
    lus = (await client.get("/tiers/totaux", params={"role": "fournisseur"})).json()
    assert (lus["nombre"], Decimal(lus["encours_ttc"])) == (0, Decimal(0))
