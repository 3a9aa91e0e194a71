"""Where a contact is paid: an IBAN that holds, for the eyes and the hands of those who may."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.database.database import Database
from shared.testing.fixtures import ServiceClient, ServiceDatabase

IBAN = "FR76 3000 6000 0112 3456 7890 189"
COMPACT = "FR7630006000011234567890189"
ALLEMAND = "DE89 3704 0044 0532 0130 00"
Json = dict[str, Any]


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _tiers(client: httpx.AsyncClient, nom: str = "Réseau Pro") -> str:
    creee = await client.post("/tiers", json={"nom": nom, "roles": ["fournisseur"]})
    return str(creee.json()["id"])


async def test_an_iban_is_checked_and_kept_without_spaces(client: httpx.AsyncClient) -> None:
    tiers = await _tiers(client)
    faux = await client.post(f"/tiers/{tiers}/ribs", json={"iban": IBAN.replace("189", "188")})
    assert (faux.status_code, faux.json()["code"]) == (422, "iban_invalide")
    assert (await client.post(f"/tiers/{tiers}/ribs", json={"iban": IBAN, "bic": "AGRIF"})).json()["code"] == (
        "bic_invalide"
    )
    (rib,) = (await client.post(f"/tiers/{tiers}/ribs", json={"iban": IBAN.lower(), "bic": "agrifrpp"})).json()
    assert (rib["iban"], rib["bic"], rib["titulaire"]) == (COMPACT, "AGRIFRPP", "Réseau Pro")
    assert (await client.post(f"/tiers/{tiers}/ribs", json={"iban": COMPACT})).json()["code"] == "rib_deja_connu"


async def test_it_changes_leaves_and_its_past_stays(client: httpx.AsyncClient) -> None:
    tiers = await _tiers(client)
    (rib,) = (await client.post(f"/tiers/{tiers}/ribs", json={"iban": IBAN})).json()
    url = f"/tiers/{tiers}/ribs/{rib['id']}"
    corps = {"iban": ALLEMAND, "titulaire": "Réseau Pro GmbH"}
    perimee = await client.put(url, json=corps, headers={"If-Match": '"9"'})
    assert perimee.json()["code"] == "version_perimee"
    (change,) = (await client.put(url, json=corps, headers={"If-Match": '"1"'})).json()
    assert (change["iban"], change["titulaire"]) == ("DE89370400440532013000", "Réseau Pro GmbH")
    assert (await client.delete(url)).status_code == 204
    assert (await client.get(f"/tiers/{tiers}/ribs")).json() == []
    traces = (await client.get(f"/journal/{rib['id']}")).json()["elements"]
    assert [bool(t["apres"]) for t in traces] == [False, True, True]
    assert traces[1]["avant"]["iban"] == COMPACT


async def test_the_same_account_at_another_contact_is_said(client: httpx.AsyncClient) -> None:
    premier, second = await _tiers(client), await _tiers(client, "Réseau Pro SARL")
    await client.post(f"/tiers/{premier}/ribs", json={"iban": IBAN})
    (rib,) = (await client.post(f"/tiers/{second}/ribs", json={"iban": IBAN})).json()
    assert rib["aussi_chez"] == ["Réseau Pro"]
    await client.post(f"/tiers/{second}/fusionner", json={"absorbe_id": premier})
    reunis = (await client.get(f"/tiers/{second}/ribs")).json()
    assert [r["aussi_chez"] for r in reunis] == [[]]


async def test_who_may_not_neither_sees_nor_writes_it(
    client: httpx.AsyncClient, contacts: Database, service_client: ServiceClient
) -> None:
    tiers = await _tiers(client)
    (rib,) = (await client.post(f"/tiers/{tiers}/ribs", json={"iban": IBAN})).json()
    accueil = await service_client("contacts", contacts, "tiers.lire", "tiers.modifier")
    assert (await accueil.get(f"/tiers/{tiers}/ribs")).status_code == 403
    assert (await accueil.get(f"/journal/{rib['id']}")).status_code in (403, 404)
    assert COMPACT not in (await accueil.get(f"/journal/{tiers}")).text
    assert COMPACT not in (await accueil.get(f"/tiers/{tiers}")).text
    acheteur = await service_client("contacts", contacts, "tiers.lire", "rib.lire")
    assert (await acheteur.get(f"/tiers/{tiers}/ribs")).json()[0]["iban"] == COMPACT
    assert (await acheteur.post(f"/tiers/{tiers}/ribs", json={"iban": ALLEMAND})).status_code == 403
    assert (await client.get(f"/tiers/{UUID(int=1)}/ribs")).json() == []
