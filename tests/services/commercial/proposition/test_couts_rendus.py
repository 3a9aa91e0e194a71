"""A line taken out and put back by somebody who sees no cost has the cost it had, and so have its hidden products."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b


@pytest.fixture
async def aveugle(database: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Writes devis, sees no cost."""
    return await service_client("commercial", database, "devis.lire", "devis.modifier")


async def un_devis_garni(client: httpx.AsyncClient, database: Database) -> dict[str, Any]:
    """A line of 100 € and 50 %, whose hidden product was bought 263.47 € rather than the 398 € of the catalogue."""
    produit = b.un_produit()
    await b.recevoir(database, produit)
    cache = {"produit_id": str(produit.produit_id), "quantite": "2", "cout_ht": "263.47"}
    return await b.un_devis(client, [b.une_ligne(produits=[cache]), b.une_ligne(designation="Baie")])


async def poser(client: httpx.AsyncClient, devis: dict[str, Any], *lignes: dict[str, Any]) -> list[dict[str, Any]]:
    reponse = await client.put(f"/propositions/{devis['id']}/lignes", json={"lignes": lignes})
    assert reponse.status_code == 200, reponse.text
    posees: list[dict[str, Any]] = reponse.json()["lignes"]
    return posees


def rendue(ligne: dict[str, Any]) -> dict[str, Any]:
    """The row as the editor of who sees no cost puts it back."""
    caches = [
        {"copie_de": p["id"], "produit_id": p["produit_id"], "quantite": p["quantite"]} for p in ligne["produits"]
    ]
    return {"copie_de": ligne["id"], "designation": ligne["designation"], "quantite": "1", "produits": caches}


async def test_what_is_put_back_costs_what_it_did(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient, database: Database
) -> None:
    devis = await un_devis_garni(client, database)
    garnie, baie = devis["lignes"]
    await poser(aveugle, devis, {"id": baie["id"], "designation": "Baie"})
    await poser(aveugle, devis, rendue(garnie), {"id": baie["id"], "designation": "Baie"})
    lue = (await client.get(f"/propositions/{devis['id']}")).json()
    revenue, _ = lue["lignes"]
    assert revenue["id"] != garnie["id"]
    assert [Decimal(revenue[nom]) for nom in ("cout_ht", "marge", "prix_ht")] == [100, 50, 150]
    assert [Decimal(p["cout_ht"]) for p in revenue["produits"]] == [Decimal("263.47")]
    assert lue["totaux"] == devis["totaux"]


async def test_a_hidden_product_put_back_alone_and_one_copied_cost_what_they_did(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient, database: Database
) -> None:
    devis = await un_devis_garni(client, database)
    garnie, baie = devis["lignes"]
    nue = {"id": garnie["id"], "designation": "Enregistreur NVR"}
    reste = {"id": baie["id"], "designation": "Baie"}
    await poser(aveugle, devis, nue | {"produits": []}, reste)
    await poser(aveugle, devis, nue | {"produits": rendue(garnie)["produits"]}, reste)
    revenue = (await client.get(f"/propositions/{devis['id']}")).json()["lignes"][0]
    await poser(aveugle, devis, nue, rendue(revenue), reste)
    lignes = (await client.get(f"/propositions/{devis['id']}")).json()["lignes"]
    assert [[Decimal(p["cout_ht"]) for p in ligne["produits"]] for ligne in lignes[:2]] == [[Decimal("263.47")]] * 2


async def test_nothing_of_another_proposition_nor_of_last_week_is_believed(
    client: httpx.AsyncClient, aveugle: httpx.AsyncClient, database: Database
) -> None:
    devis, autre = await un_devis_garni(client, database), await un_devis_garni(client, database)
    garnie, baie = devis["lignes"]
    await poser(aveugle, devis, {"id": baie["id"], "designation": "Baie"})
    (posee,) = await poser(aveugle, autre, rendue(garnie))
    assert posee["prix_ht"] is None
    await b.vieillir(database, "cout_retire", "retire_le")
    await poser(aveugle, devis, {"designation": "Autre"})  # what was taken out yesterday is forgotten then
    (posee,) = await poser(aveugle, devis, rendue(garnie))
    assert posee["prix_ht"] is None
