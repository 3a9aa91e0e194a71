"""A shelf of one's own: seen and arranged by its owner alone, until it is shared."""

from uuid import UUID

import httpx

from shared.database.database import Database
from shared.testing.fixtures import Jeton, ServiceClient
from tests.builders import commercial as b


async def _noms(client: httpx.AsyncClient) -> list[tuple[str, bool]]:
    return [(r["nom"], r["est_personnel"]) for r in (await client.get("/rayons")).json()]


async def test_a_shelf_of_ones_own_is_seen_by_nobody_else_until_shared(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient, jeton: Jeton
) -> None:
    julien = await service_client("commercial", database, "devis.lire", "devis.modifier")
    julien.headers.update(jeton("devis.lire", "devis.modifier", id=UUID(int=0x17)))
    produit = b.un_produit()
    await b.recevoir(database, produit)
    commun = (await client.post("/rayons", json={"nom": "Câblage"})).json()
    mien = (await client.post("/rayons", json={"nom": "Mes caméras", "est_personnel": True})).json()
    assert (await client.post("/rayons", json={"nom": "Mes caméras", "est_personnel": True})).status_code == 409
    assert (await julien.post("/rayons", json={"nom": "Mes caméras", "est_personnel": True})).status_code == 201
    assert await _noms(client) == [("Mes caméras", True), ("Câblage", False)]
    url = f"/rayons/{mien['id']}"
    saisie = {"nom": "Caméras", "est_personnel": True}
    for refus in (
        await julien.put(url, json=saisie),
        await julien.delete(url),
        await julien.post(f"{url}/produits", json={"produit_id": str(produit.produit_id)}),
    ):
        assert (refus.status_code, refus.json()["code"]) == (404, "rayon_inconnu")
    pris = await julien.put(f"/rayons/{commun['id']}", json={"nom": "Câblage", "est_personnel": True})
    assert (pris.status_code, pris.json()["code"]) == (409, "rayon_partage")
    assert (await client.put(url, json=saisie | {"est_personnel": False})).is_success
    assert await _noms(julien) == [("Mes caméras", True), ("Caméras", False), ("Câblage", False)]
