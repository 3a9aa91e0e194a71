"""Access and erasure: everything held about a person is told, then nothing names them any more."""

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.contacts import TiersCree, TiersModifie
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient, ServiceDatabase

ZOE = {"prenom": "Zoé", "nom": "Lefèvre", "email": "zoe@exemple.fr", "telephone": "06 12 34 56 78"}
TRACES = ("zoe@exemple.fr", "+33612345678", "Lefèvre")


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _creer(client: httpx.AsyncClient) -> dict[str, object]:
    corps = {"nom": "Cabinet 74", "roles": ["client"], "interlocuteurs": [ZOE, {"nom": "Rey"}]}
    tiers = (await client.post("/tiers", json={**corps, "notes": "Rappeler Zoé Lefèvre le lundi"})).json()
    await client.put(
        f"/tiers/{tiers['id']}",
        json={**corps, "interlocuteurs": tiers["interlocuteurs"], "notes": tiers["notes"] + "."},
    )
    return dict(tiers)


async def _donnees(client: httpx.AsyncClient, *termes: str) -> dict[str, list[dict[str, object]]]:
    reponse = await client.get("/donnees-personnelles", params={"terme": list(termes)})
    assert reponse.status_code == 200, reponse.text
    return dict(reponse.json())


async def test_everything_held_about_a_person_is_told(client: httpx.AsyncClient) -> None:
    await _creer(client)
    donnees = await _donnees(client, "ZOE@exemple.fr", "Zoé Lefèvre")
    assert donnees.keys() >= {"interlocuteur", "tiers", "audit"}
    assert [p["email"] for p in donnees["interlocuteur"]] == ["zoe@exemple.fr"]
    assert not {"recherche", "recherche_texte"} & donnees["tiers"][0].keys()
    assert await _donnees(client, "100%", "ab_cd") == {}


@pytest.mark.parametrize("terme", ["Zoé Lefèvre", "lefèvre zoé", "Zoé  Lefèvre"])
async def test_a_person_is_found_by_the_whole_name(client: httpx.AsyncClient, terme: str) -> None:
    await _creer(client)
    donnees = await _donnees(client, terme)
    assert [p["email"] for p in donnees["interlocuteur"]] == ["zoe@exemple.fr"]
    if terme.startswith("Zoé"):
        assert "audit" in donnees
    corps = {"nom": "X", "interlocuteurs": [{"nom": "de La Tour", "prenom": "Jean Paul"}]}
    await client.post("/tiers", json=corps)
    assert len((await _donnees(client, "Jean Paul de La Tour"))["interlocuteur"]) == 1


async def test_a_person_forgotten_is_named_nowhere(client: httpx.AsyncClient, contacts: Database) -> None:
    tiers = await _creer(client)
    lue = (await client.get(f"/tiers/{tiers['id']}")).json()
    zoe = next(i for i in lue["interlocuteurs"] if i["nom"] == "Lefèvre")
    oubliee = await client.post(f"/tiers/{tiers['id']}/interlocuteurs/{zoe['id']}/anonymiser")
    gens = {i["id"]: i["nom"] for i in oubliee.json()["interlocuteurs"]}
    assert gens[zoe["id"]] == "Personne anonymisée"
    assert "Rey" in gens.values()
    for terme in TRACES:
        assert await _donnees(client, terme) == {}, terme
    async with contacts.read() as session:
        faits = "\n".join(await session.scalars(text("SELECT payload::text FROM outbox")))
    assert "Rey" in faits
    assert not [terme for terme in TRACES if terme in faits]
    dernier = (await annonces(contacts, TiersModifie))[-1]
    assert isinstance(dernier, TiersModifie)
    assert {p.nom for p in dernier.fiche.interlocuteurs} == {"Personne anonymisée", "Rey"}


async def test_a_person_of_an_absorbed_file_is_forgotten_there_too_first_name_included(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    double, garde = await _creer(client), (await client.post("/tiers", json={"nom": "Cabinet 74 bis"})).json()
    reunie = await client.post(f"/tiers/{garde['id']}/fusionner", json={"absorbe_id": double["id"]})
    zoe = next(i for i in reunie.json()["interlocuteurs"] if i["nom"] == "Lefèvre")
    await client.post(f"/tiers/{garde['id']}/interlocuteurs/{zoe['id']}/anonymiser")
    for terme in TRACES:
        assert await _donnees(client, terme) == {}, terme
    async with contacts.read() as session:
        gardes = ["\n".join(await session.scalars(text(f"SELECT t::text FROM {t} t"))) for t in ("audit", "outbox")]
    assert not [terme for terme in (*TRACES, "Zoé") for garde_ in gardes if terme in garde_]
    assert all("Rey" in garde_ for garde_ in gardes)


async def test_forgetting_a_name_leaves_the_traces_of_others_as_they_were(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    gens = [{"nom": "ville"}, {"nom": "Rey", "email": "rey@exemple.fr"}]
    notes = "Rey et Reynaud, en ville"
    corps = {"nom": "Cabinet 74", "roles": ["client"], "interlocuteurs": gens, "notes": notes}
    adresses = [{"code": "P", "lignes": ["1 rue"], "code_postal": "74000", "ville": "Annecy"}]
    tiers = (await client.post("/tiers", json={**corps, "adresses": adresses})).json()
    autre = (await client.post("/tiers", json={"nom": "Rey et fils", "roles": ["client"]})).json()
    for personne in tiers["interlocuteurs"]:
        await client.post(f"/tiers/{tiers['id']}/interlocuteurs/{personne['id']}/anonymiser")
    lue = (await client.get(f"/tiers/{tiers['id']}")).json()
    anonyme = "Personne anonymisée"
    assert lue["notes"] == f"{anonyme} et Reynaud, en {anonyme}"
    (trace,) = (await client.get(f"/journal/{autre['id']}")).json()["elements"]
    assert trace["apres"]["nom"] == "Rey et fils"
    cree, autre_cree = await annonces(contacts, TiersCree)
    assert isinstance(cree, TiersCree)
    assert isinstance(autre_cree, TiersCree)
    assert (cree.fiche.adresses[0].ville, autre_cree.fiche.nom) == ("Annecy", "Rey et fils")
    assert await _donnees(client, "rey@exemple.fr") == {}


async def test_both_need_their_right(
    client: httpx.AsyncClient, contacts: Database, service_client: ServiceClient
) -> None:
    tiers = await _creer(client)
    autre = await service_client("contacts", contacts, "tiers.*")
    assert (await autre.get("/donnees-personnelles", params={"terme": "Lefèvre"})).status_code == 403
    adresse = f"/tiers/{tiers['id']}/interlocuteurs/{new_id()}/anonymiser"
    assert (await autre.post(adresse)).status_code == 403
    assert (await client.post(adresse)).json()["code"] == "interlocuteur_absent"


async def test_the_account_of_a_person_goes_with_them_that_of_their_company_stays(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    saisie = {"nom": "Cabinet 74", "roles": ["fournisseur"], "interlocuteurs": [ZOE]}
    tiers = (await client.post("/tiers", json=saisie)).json()
    url = f"/tiers/{tiers['id']}"
    await client.post(f"{url}/ribs", json={"iban": "FR76 3000 6000 0112 3456 7890 189", "titulaire": "Mme Zoé Lefèvre"})
    await client.post(f"{url}/ribs", json={"iban": "DE89 3704 0044 0532 0130 00"})
    oubliee = await client.post(f"{url}/interlocuteurs/{tiers['interlocuteurs'][0]['id']}/anonymiser")
    assert oubliee.status_code == 200, oubliee.text
    assert [rib["titulaire"] for rib in (await client.get(f"{url}/ribs")).json()] == ["Cabinet 74"]
    async with contacts.read() as session:
        for table in ("rib", "audit", "outbox"):
            dit = str(await session.scalar(text(f"SELECT string_agg(t::text, ' ') FROM {table} t")))
            assert not any(mot in dit for mot in ("Lefèvre", "FR7630006000011234567890189")), table
