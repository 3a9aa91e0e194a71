"""A file that tells of a person is forgotten: its name and its place, in all its editions, in the traces too."""

import httpx
import pytest
from sqlalchemy import text

from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient, ServiceDatabase

NOM = "Carte identité Zoé Lefèvre.pdf"
EDITIONS = (b"%PDF-1.7 recto", b"%PDF-1.7 recto verso")


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _joindre(client: httpx.AsyncClient, base: str, nom: str, contenu: bytes) -> str:
    entetes = {"content-type": "application/pdf"}
    reponse = await client.put(f"{base}/{new_id()}", params={"nom": nom}, content=contenu, headers=entetes)
    assert reponse.status_code == 200, reponse.text
    return str(reponse.json()["id"])


async def test_un_fichier_efface_n_est_plus_nomme_nulle_part(
    client: httpx.AsyncClient, contacts: Database, service_client: ServiceClient
) -> None:
    tiers = (await client.post("/tiers", json={"nom": "Cabinet 74", "roles": ["client"]})).json()
    base = f"/tiers/{tiers['id']}/fichiers"
    premiere, derniere = [await _joindre(client, base, NOM, contenu) for contenu in EDITIONS]
    autre = await _joindre(client, base, "Plan.pdf", b"%PDF-1.7 plan")
    accueil = await service_client("contacts", contacts, "tiers.lire", "tiers.modifier")
    assert (await accueil.post(f"{base}/{derniere}/effacer")).status_code == 403
    efface = (await client.post(f"{base}/{derniere}/effacer")).json()
    assert len(efface["empreintes"]) == 2, "toutes ses versions"
    assert [f["id"] for f in (await client.get(base)).json()["elements"]] == [autre]
    for id_ in (premiere, derniere):
        assert (await client.get(f"{base}/{id_}/contenu")).status_code == 404
        assert (await client.post(f"{base}/{id_}/remettre")).status_code == 404
    async with contacts.read() as session:
        tables = [
            str(await session.scalar(text(f"SELECT string_agg(t::text, ' ') FROM {table} t")))
            for table in ("fichier", "audit", "outbox")
        ]
    for dit in ("Lefèvre", *efface["empreintes"]):
        assert not any(dit in table for table in tables), dit
    assert "Plan.pdf" in tables[0]
    assert (await client.post(f"{base}/{derniere}/effacer")).json() == {"empreintes": []}
