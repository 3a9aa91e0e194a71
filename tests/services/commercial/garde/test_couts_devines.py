"""Who sees no cost does not find it by trying prices: nothing is said while he types, little when he sends, and it shows."""

from typing import Any

import httpx
import pytest

from services.commercial.garde.rules import REFUS_PAR_JOUR
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b
from tests.services.commercial.garde.test_garde import decider, envoyer, limiter, valider

A_APPROUVER = "marge à vérifier"


@pytest.fixture
async def aveugle(database: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Writes, sends and validates devis, sees no cost."""
    return await service_client(
        "commercial", database, "devis.lire", "devis.modifier", "devis.envoyer", "devis.valider"
    )


async def un_devis_a(client: httpx.AsyncClient, prix: str) -> dict[str, Any]:
    """A line that costs 100 €: 20 % of taux de marque asks for 125 €."""
    await limiter(client, marque_min="20")
    return await b.un_devis(client, [b.une_ligne(marge="0", prix_fixe_ht=prix)])


async def garde(client: httpx.AsyncClient, devis: dict[str, Any]) -> dict[str, Any]:
    lue: dict[str, Any] = (await client.get(f"/propositions/{devis['id']}/garde")).json()
    return lue


@pytest.mark.parametrize("prix", ["101", "124.99", "125", "400"])
async def test_what_is_said_of_a_price_is_the_same_at_every_price(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient, prix: str
) -> None:
    devis = await un_devis_a(client, prix)
    vu = await garde(aveugle, devis)
    assert (vu["raisons"], vu["peut_demander"], vu["peut_decider"]) == ([], False, False)
    demande = await aveugle.post(f"/propositions/{devis['id']}/approbation", json={"motif": "Client fidèle"})
    assert (demande.status_code, demande.json()["raisons"]) == (201, [A_APPROUVER])
    assert (await garde(aveugle, devis))["raisons"] == [A_APPROUVER]


@pytest.mark.parametrize("porte", [envoyer, valider])
async def test_a_refusal_says_it_of_that_text_and_no_more_of_the_next(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient, porte: Any
) -> None:
    devis = await un_devis_a(client, "101")
    refus = await porte(aveugle, devis["id"])
    assert (refus.status_code, refus.json()["code"]) == (409, "approbation_requise")
    assert A_APPROUVER in refus.json()["detail"]
    vu = await garde(aveugle, devis)
    assert (vu["raisons"], vu["peut_demander"]) == ([A_APPROUVER], True)
    ligne = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    assert (await aveugle.patch(ligne, json={"prix_fixe_ht": "102"})).is_success
    assert (await garde(aveugle, devis))["raisons"] == []
    (note,) = (await client.get("/seuils-marge/refus")).json()
    assert note["numero"] == devis["numero"]
    assert (await aveugle.get("/seuils-marge/refus")).status_code == 403


async def test_refused_too_often_today_he_is_told_the_same_whatever_the_price(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient, database: Database
) -> None:
    devis = await un_devis_a(client, "101")
    ligne = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    for essai in range(REFUS_PAR_JOUR):
        await aveugle.patch(ligne, json={"prix_fixe_ht": str(102 + essai)})
        for _ in range(2):  # the same text twice is one answer
            assert (await envoyer(aveugle, devis["id"])).status_code == 409
    await aveugle.patch(ligne, json={"prix_fixe_ht": "900"})
    assert (await envoyer(aveugle, devis["id"])).json()["code"] == "approbation_requise"
    assert (await aveugle.post(f"/propositions/{devis['id']}/approbation", json={})).status_code == 201
    assert (await decider(client, devis["id"], "accordee")).status_code == 200
    assert (await envoyer(aveugle, devis["id"])).status_code == 202
    autre = await un_devis_a(client, "900")
    assert (await envoyer(aveugle, autre["id"])).status_code == 409
    await b.vieillir(database, "refus_marge", "refuse_le")
    assert (await envoyer(aveugle, autre["id"])).status_code == 202


async def test_within_the_limits_he_sends_alone(client: httpx.AsyncClient, aveugle: httpx.AsyncClient) -> None:
    devis = await un_devis_a(client, "125")
    assert (await envoyer(aveugle, devis["id"])).status_code == 202
    assert (await client.get("/seuils-marge/refus")).json() == []


async def test_who_sees_costs_is_told_at_once_and_never_counted(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    devis = await un_devis_a(client, "101")
    droits = ("devis.lire", "devis.modifier", "devis.envoyer", "couts.voir")
    vendeur = await service_client("commercial", database, *droits)
    (raison,) = (await garde(vendeur, devis))["raisons"]
    assert "taux de marque de 0,99" in raison
    assert (await envoyer(vendeur, devis["id"])).status_code == 409
    assert (await client.get("/seuils-marge/refus")).json() == []


async def test_his_request_tells_the_margin_to_who_decides(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient
) -> None:
    devis = await un_devis_a(client, "101")
    await aveugle.post(f"/propositions/{devis['id']}/approbation", json={})
    vu = await garde(client, devis)
    assert ("taux de marque de 0,99" in vu["raisons"][0], vu["peut_decider"]) == (True, True)
