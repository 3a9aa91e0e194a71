"""Two files were one tiers: what the kept one gains, what the absorbed one leaves, what is told."""

from typing import Any

import httpx
import pytest

from services.contacts.periodique import taches_periodiques
from services.contacts.subscriptions import subscriptions
from shared.contracts.contacts import TiersFusionne
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.services.contacts.encours.test_encours import facture

Json = dict[str, Any]
GARDE = {
    "nom": "Plasti-Alpes Industrie",
    "roles": ["client"],
    "telephone": "04 50 51 00 00",
    "adresses": [{"code": "SIEGE", "ville": "Annecy"}],
    "interlocuteurs": [{"nom": "Gaillard", "prenom": "Marc"}],
}
DOUBLE = {
    "nom": "PLASTI ALPES",
    "roles": ["prospect", "fournisseur"],
    "siret": "73282932000074",
    "telephone": "04 50 52 00 00",
    "email": "compta@exemple.fr",
    "adresses": [{"code": "SIEGE", "ville": "Seynod"}, {"code": "USINE", "ville": "Rumilly"}],
    "interlocuteurs": [{"nom": "Rey", "prenom": "Élise"}],
    "sites": [{"code": "U1", "libelle": "Usine 1", "adresse_code": "SIEGE"}],
}


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _creer(client: httpx.AsyncClient, **valeurs: Any) -> Json:
    reponse = await client.post("/tiers", json=valeurs)
    assert reponse.status_code == 201, reponse.text
    return dict(reponse.json())


async def _reunir(client: httpx.AsyncClient, garde: Json, absorbe: Json) -> httpx.Response:
    return await client.post(f"/tiers/{garde['id']}/fusionner", json={"absorbe_id": absorbe["id"]})


async def test_the_kept_file_gains_what_it_lacked_and_keeps_its_own(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    garde, double = await _creer(client, **GARDE), await _creer(client, **DOUBLE)
    for qui, contenu in ((garde, b"%PDF-1"), (double, b"%PDF-2"), (double, b"%PDF-3")):
        await client.put(f"/tiers/{qui['id']}/fichiers/{new_id()}", params={"nom": "a.pdf"}, content=contenu)
    await recevoir(contacts, subscriptions, facture(garde["id"], "100"), facture(double["id"], "200"))
    reunie = (await _reunir(client, garde, double)).json()
    assert (reunie["nom"], reunie["telephone"]) == ("Plasti-Alpes Industrie", "+33450510000")
    assert (reunie["email"], reunie["siret"], reunie["siren"]) == ("compta@exemple.fr", "73282932000074", "732829320")
    assert reunie["roles"] == ["client", "fournisseur"]
    assert [a["code"] for a in reunie["adresses"]] == ["SIEGE", "SIEGE-2", "USINE"]
    assert {i["nom"] for i in reunie["interlocuteurs"]} == {"Gaillard", "Rey"}
    assert [(s["code"], s["adresse_code"]) for s in reunie["sites"]] == [("U1", "SIEGE-2")]
    assert reunie["encours_ttc"] == "360.00"
    (fichier,) = (await client.get(f"/tiers/{garde['id']}/fichiers")).json()["elements"]
    detail = (await client.get(f"/tiers/{garde['id']}/fichiers/{fichier['id']}")).json()
    assert [(e["nom"], e["rang"]) for e in detail["editions"]] == [("a.pdf", 3), ("a.pdf", 2), ("a.pdf", 1)]
    (fait,) = await annonces(contacts, TiersFusionne)
    assert isinstance(fait, TiersFusionne)
    assert (str(fait.tiers_id), str(fait.absorbe_id), fait.nom) == (garde["id"], double["id"], garde["nom"])


async def test_the_absorbed_file_leaves_the_lists_but_its_name_and_code_still_find(client: httpx.AsyncClient) -> None:
    garde, double = await _creer(client, **GARDE), await _creer(client, **DOUBLE)
    await _reunir(client, garde, double)
    for q in ("plasti alpes", str(double["code"])):
        trouves = (await client.get("/tiers", params={"q": q})).json()["elements"]
        assert [t["id"] for t in trouves] == [garde["id"]], q
    ancienne = (await client.get(f"/tiers/{double['id']}")).json()
    assert ancienne["absorbe_par_id"] == garde["id"]
    refus = await client.put(f"/tiers/{double['id']}", json={"nom": "x"})
    assert (refus.status_code, refus.json()["code"]) == (409, "tiers_absorbe")


async def test_a_merge_is_made_once_and_follows_a_later_one(client: httpx.AsyncClient, contacts: Database) -> None:
    a, b, c = [await _creer(client, nom=nom) for nom in ("Alpha", "Beta", "Gamma")]
    assert (await _reunir(client, b, a)).status_code == 200
    for garde, absorbe in ((b, a), (a, a), (a, c)):
        refus = await _reunir(client, garde, absorbe)
        assert (refus.status_code, refus.json()["code"]) == (409, "fusion_impossible")
    assert (await _reunir(client, c, b)).status_code == 200
    assert (await client.get(f"/tiers/{a['id']}")).json()["absorbe_par_id"] == c["id"]
    await taches_periodiques(contacts)
    dits = [f for f in await annonces(contacts, TiersFusionne) if isinstance(f, TiersFusionne)]
    rappels = {(str(f.tiers_id), str(f.absorbe_id)) for f in dits[2:]}
    assert rappels == {(c["id"], a["id"]), (c["id"], b["id"])}


async def test_merging_needs_its_right(
    client: httpx.AsyncClient, contacts: Database, service_client: ServiceClient
) -> None:
    garde, double = await _creer(client, **GARDE), await _creer(client, **DOUBLE)
    accueil = await service_client("contacts", contacts, "tiers.lire", "tiers.modifier")
    assert (await _reunir(accueil, garde, double)).status_code == 403


@pytest.mark.parametrize(
    ("saisi", "motif"),
    [
        ({"nom": "plasti"}, "nom"),
        ({"nom": "Tout autre", "telephone": "0450510000"}, "téléphone"),
        ({"email": "Compta@exemple.fr "}, "e-mail"),
        ({"siren": "732 829 320 00074"}, "SIREN"),
        ({"nom": "pl", "telephone": "0450", "email": "compta"}, None),
    ],
)
async def test_a_double_is_seen_while_typing(client: httpx.AsyncClient, saisi: Json, motif: str | None) -> None:
    tiers = await _creer(client, **GARDE, email="compta@exemple.fr", siren="732829320")
    await _creer(client, nom="Garage des Alpes")
    trouves = (await client.get("/tiers/doublons", params=saisi)).json()
    assert [(d["id"], d["motif"]) for d in trouves] == ([(tiers["id"], motif)] if motif else [])
    sauf = (await client.get("/tiers/doublons", params={**saisi, "sauf": tiers["id"]})).json()
    assert sauf == []
