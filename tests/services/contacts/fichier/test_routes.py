"""Files of a tiers over HTTP: streamed in, typed by their content, named harmlessly, attached once."""

from collections.abc import AsyncIterator

import httpx
import pytest

from services.contacts.app import create_app
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.means import lend
from shared.settings import Settings
from shared.testing.fixtures import Jeton, ServiceClient, ServiceDatabase

PDF = b"%PDF-1.7 plan"


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


@pytest.fixture
async def url(client: httpx.AsyncClient) -> str:
    tiers = (await client.post("/tiers", json={"nom": "Mairie", "roles": ["client"]})).json()
    return f"/tiers/{tiers['id']}/fichiers"


async def _deposer(client: httpx.AsyncClient, url: str, nom: str, contenu: bytes, **entetes: str) -> httpx.Response:
    tetes = {"content-type": "application/octet-stream", **{k.replace("_", "-"): v for k, v in entetes.items()}}
    return await client.put(f"{url}/{new_id()}", params={"nom": nom}, content=contenu, headers=tetes)


@pytest.mark.parametrize(
    ("nom", "garde"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\plan<1>.txt", "plan-1-.txt"),
        ("facture\u202efdp.txt", "facturefdp.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie- x=1.txt"),
        ("é" * 300 + ".txt", "é" * 116 + ".txt"),
    ],
)
async def test_a_hostile_name_is_made_harmless(client: httpx.AsyncClient, url: str, nom: str, garde: str) -> None:
    fichier = (await _deposer(client, url, nom, b"Bonjour")).json()
    assert fichier["nom"] == garde
    reponse = await client.get(f"{url}/{fichier['id']}/contenu")
    assert reponse.content == b"Bonjour"
    assert reponse.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


@pytest.mark.parametrize(
    ("nom", "contenu", "type_", "code"),
    [
        ("page.html", b"<html><script>alert(1)</script>", "text/html", "type_refuse"),
        ("page.pdf", b"<html><script>alert(1)</script>", "application/pdf", "contenu_trompeur"),
        ("prog.exe", b"MZ\x90\x00", "", "type_refuse"),
        ("vide.pdf", b"", "application/pdf", "fichier_vide"),
    ],
)
async def test_what_is_not_a_document_is_refused(
    client: httpx.AsyncClient, url: str, nom: str, contenu: bytes, type_: str, code: str
) -> None:
    refus = await _deposer(client, url, nom, contenu, content_type=type_ or "application/octet-stream")
    assert (refus.status_code, refus.json()["code"]) == (422, code)
    assert nom in refus.json()["detail"]
    assert (await client.get(url)).json()["elements"] == []


async def test_too_big_is_refused_announced_or_streamed(client: httpx.AsyncClient, url: str) -> None:
    lus = 0

    async def flux() -> AsyncIterator[bytes]:
        nonlocal lus
        for _ in range(200):
            lus += 1
            yield b"%PDF-" + b"0" * (1024 * 1024 - 5)

    reponse = await client.put(f"{url}/{new_id()}", params={"nom": "film.pdf"}, content=flux())
    assert (reponse.status_code, reponse.json()["code"]) == (422, "fichier_trop_gros")
    assert "25 Mo" in reponse.json()["detail"]
    annonce = {"content-length": str(200 * 1024 * 1024)}
    refus = await client.put(f"{url}/{new_id()}", params={"nom": "film.pdf"}, content=b"%PDF-", headers=annonce)
    assert refus.status_code == 413


async def test_a_repeated_sending_attaches_once(client: httpx.AsyncClient, url: str) -> None:
    adresse = f"{url}/{new_id()}"
    for _ in range(2):
        assert (await client.put(adresse, params={"nom": "plan.pdf"}, content=PDF)).status_code == 200
    (fichier,) = (await client.get(url)).json()["elements"]
    assert (fichier["nom"], fichier["type"], fichier["taille"]) == ("plan.pdf", "application/pdf", len(PDF))
    assert (fichier["depose_par"], fichier["cree_le"][:10]) == ("Camille Test", "2026-03-17")


async def test_rights_and_strangers(
    client: httpx.AsyncClient, url: str, contacts: Database, service_client: ServiceClient
) -> None:
    fichier = (await _deposer(client, url, "plan.pdf", PDF)).json()
    lecteur = await service_client("contacts", contacts, "tiers.lire")
    assert (await lecteur.get(f"{url}/{fichier['id']}/contenu")).status_code == 200
    assert (await _deposer(lecteur, url, "b.pdf", PDF)).status_code == 403
    assert (await lecteur.delete(f"{url}/{fichier['id']}")).status_code == 403
    ailleurs = f"/tiers/{new_id()}/fichiers"
    assert (await client.get(f"{ailleurs}/{fichier['id']}/contenu")).status_code == 404
    assert (await _deposer(client, ailleurs, "c.pdf", PDF)).json()["code"] == "tiers_inconnu"
    assert (await client.delete(f"{url}/{fichier['id']}")).status_code == 204
    assert (await client.get(url)).json()["elements"] == []


async def test_a_store_that_does_not_answer_writes_nothing_and_says_so(
    contacts: Database, client: httpx.AsyncClient, url: str, jeton: Jeton, test_settings: Settings
) -> None:
    ailleurs = test_settings.model_copy(update={"s3_host": "127.0.0.1:9", "s3_region": "eu", "s3_tls": False})
    transport = httpx.ASGITransport(create_app(lend(contacts, ailleurs)))
    async with httpx.AsyncClient(transport=transport, base_url="http://contacts", headers=jeton()) as coupe:
        reponse = await _deposer(coupe, url, "plan.pdf", PDF)
    assert (reponse.status_code, reponse.json()["code"]) == (503, "stockage_injoignable")
    assert "ne répond pas" in reponse.json()["detail"]
    assert (await client.get(url)).json()["elements"] == []
