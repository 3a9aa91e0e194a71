"""The directory over HTTP: create, search, change, convert, refuse."""

import asyncio

import httpx
import pytest

from shared.contracts.contacts import ProspectConverti, TiersCree
from shared.database.database import Database
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.statements import sent

LEFEVRE = {
    "nom": "Cabinet dentaire Martin-Lefèvre",
    "roles": ["client"],
    "telephone": "04 50 51 00 00",
    "email": "Contact@Exemple.fr",
    "adresses": [{"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}],
    "interlocuteurs": [{"nom": "Lefèvre", "prenom": "Zoé", "telephone": "06 12 34 56 78"}],
}


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    """An empty directory."""
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Reception."""
    return await service_client("contacts", contacts)


async def _creer(client: httpx.AsyncClient, **valeurs: object) -> dict[str, object]:
    reponse = await client.post("/tiers", json=LEFEVRE | valeurs)
    assert reponse.status_code == 201, reponse.text
    corps: dict[str, object] = reponse.json()
    return corps


async def _noms(client: httpx.AsyncClient, q: str) -> list[str]:
    return [t["nom"] for t in (await client.get("/tiers", params={"q": q})).json()["elements"]]


@pytest.mark.feature("CT-01")
async def test_one_directory_for_every_kind_and_several_at_once(client: httpx.AsyncClient) -> None:
    for role in ("client", "prospect", "fournisseur", "autre"):
        await _creer(client, nom=f"Société {role}", roles=[role])
    await _creer(client, nom="Société double", roles=["client", "fournisseur"])
    assert len(await _noms(client, "societe")) == 5
    fournisseurs = (await client.get("/tiers?role=fournisseur")).json()["elements"]
    assert [t["nom"] for t in fournisseurs] == ["Société double", "Société fournisseur"]


@pytest.mark.parametrize(
    "q",
    [
        "lefe",
        "LEFÈVRE",
        "510000",
        "0450510000",
        "04 50 51",
        "+33 4 50 51 00",
        "annecy",
        "zoe",
        "345678",
        "exemple.fr",
        "C00001",
    ],
)
async def test_a_caller_is_found_by_whatever_he_says(client: httpx.AsyncClient, q: str) -> None:
    await _creer(client)
    await _creer(client, nom="Garage des Alpes", telephone="04 76 00 00 01", email=None, adresses=[], interlocuteurs=[])
    assert "Cabinet dentaire Martin-Lefèvre" in await _noms(client, q)


async def test_hostile_searches_answer_something(client: httpx.AsyncClient) -> None:
    await _creer(client)
    for q in ("'", "a' | b", ":*", "&&&", "%", "\\", "<script>", "é" * 120):
        assert (await client.get("/tiers", params={"q": q})).status_code == 200


async def test_creating_tells_the_others_once_even_when_repeated(client: httpx.AsyncClient, contacts: Database) -> None:
    cle = {"Idempotency-Key": "appel-1"}
    reponses = await asyncio.gather(*(client.post("/tiers", json=LEFEVRE, headers=cle) for _ in range(5)))
    assert {r.status_code for r in reponses} == {201}
    assert len({r.content for r in reponses}) == 1
    (fait,) = await annonces(contacts, TiersCree)
    assert isinstance(fait, TiersCree)
    assert (fait.fiche.nom, fait.fiche.telephone) == (LEFEVRE["nom"], "+33450510000")


async def test_two_people_one_file_the_second_sees_what_changed(client: httpx.AsyncClient) -> None:
    tiers = await _creer(client)
    adresse = f"/tiers/{tiers['id']}"
    premier = await client.put(adresse, json=LEFEVRE | {"nom": "Cabinet Martin"}, headers={"If-Match": '"1"'})
    assert premier.json()["version"] == 2
    second = await client.put(adresse, json=LEFEVRE | {"nom": "Cabinet Lefèvre"}, headers={"If-Match": '"1"'})
    assert second.status_code == 409
    (modification,) = second.json()["modifications"]
    assert modification["apres"] == {"nom": "Cabinet Martin"}
    assert (await client.get(adresse)).json()["nom"] == "Cabinet Martin"


@pytest.mark.feature("CT-11")
async def test_a_prospect_becomes_a_client_and_only_once(client: httpx.AsyncClient, contacts: Database) -> None:
    prospect = await _creer(client, roles=["prospect"])
    assert str(prospect["code"]).startswith("P")
    converti = (await client.post(f"/tiers/{prospect['id']}/convertir")).json()
    assert (converti["roles"], converti["code"][0]) == (["client"], "C")
    assert len(await annonces(contacts, ProspectConverti)) == 1
    encore = await client.post(f"/tiers/{prospect['id']}/convertir")
    assert (encore.status_code, encore.json()["code"]) == (409, "tiers_deja_client")


@pytest.mark.feature("CT-12")
async def test_several_coded_addresses_each_with_its_own_code(client: httpx.AsyncClient, contacts: Database) -> None:
    adresses = [{"code": "siege", "ville": "Annecy"}, {"code": "CHANTIER", "ville": "Lyon"}]
    tiers = await _creer(client, adresses=adresses)
    assert [a["code"] for a in tiers["adresses"]] == ["SIEGE", "CHANTIER"]  # type: ignore[attr-defined]
    (fait,) = await annonces(contacts, TiersCree)
    assert isinstance(fait, TiersCree)
    assert [a.code for a in fait.fiche.adresses] == ["SIEGE", "CHANTIER"]
    double = await client.post("/tiers", json=LEFEVRE | {"adresses": [adresses[0], adresses[0]]})
    assert (double.status_code, double.json()["code"]) == (422, "adresse_en_double")


async def test_a_known_siret_names_the_existing_file(client: httpx.AsyncClient) -> None:
    await _creer(client, siret="732 829 320 00074")
    refus = await client.post("/tiers", json=LEFEVRE | {"siret": "73282932000074"})
    assert refus.status_code == 409
    assert "Martin-Lefèvre" in refus.json()["detail"]


@pytest.mark.parametrize(
    ("corps", "champ"),
    [({"nom": ""}, "nom"), ({}, "nom"), ({"nom": "A", "roles": ["roi"]}, "roles.0"), ({"nom": "x" * 201}, "nom")],
)
async def test_bad_input_gets_one_french_sentence_per_field(
    client: httpx.AsyncClient, corps: dict[str, object], champ: str
) -> None:
    refus = await client.post("/tiers", json=corps)
    assert refus.status_code == 422
    assert champ in [e["champ"] for e in refus.json()["erreurs"]]
    assert (await client.get("/tiers")).json()["elements"] == []


async def test_markup_in_a_name_is_kept_as_text(client: httpx.AsyncClient) -> None:
    tiers = await _creer(client, nom="<script>alert(1)</script>")
    assert tiers["nom"] == "<script>alert(1)</script>"


async def test_without_the_right_nothing_is_written(contacts: Database, service_client: ServiceClient) -> None:
    lecteur = await service_client("contacts", contacts, "tiers.lire")
    refus = await lecteur.post("/tiers", json=LEFEVRE)
    assert (refus.status_code, refus.json()["code"]) == (403, "permission_manquante")
    assert await annonces(contacts) == []


async def test_the_list_pages_by_key_without_losing_or_repeating_anyone(client: httpx.AsyncClient) -> None:
    for n in range(7):
        await _creer(client, nom=f"Client {n % 3}")
    vus: list[str] = []
    curseur: str | None = None
    while True:
        page = (await client.get("/tiers", params={"limite": 2} | ({"curseur": curseur} if curseur else {}))).json()
        vus += [t["id"] for t in page["elements"]]
        curseur = page["curseur_suivant"]
        if curseur is None:
            break
    assert len(vus) == len(set(vus)) == 7


async def test_a_contact_with_its_address_and_a_person_is_four_statements_and_its_traces(
    contacts: Database, client: httpx.AsyncClient
) -> None:
    await _creer(client)
    with sent(contacts) as instructions:
        await _creer(client, siret=None, email="autre@exemple.fr")
    ecrites = sorted(i.split()[:3] for i in instructions)
    assert ecrites == [["INSERT", "INTO", nom] for nom in ("adresse_tiers", "compteur", "interlocuteur", "tiers")]
