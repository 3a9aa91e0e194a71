"""Files of a contract: versions, taken off and put back, found at its client's; only those of contracts one reaches."""

from typing import Any

import httpx
import pytest

from shared.contracts.maintenance import FichiersContratModifies
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient
from tests.builders.maintenance import CLIENT, un_contrat

PDF: Any = {"content": b"%PDF-1.7 contrat", "headers": {"content-type": "application/pdf"}}


@pytest.fixture
async def contrat(client: httpx.AsyncClient) -> dict[str, Any]:
    cree: dict[str, Any] = (await client.post("/contrats", json=un_contrat())).json()
    return cree


async def joindre(client: httpx.AsyncClient, contrat: dict[str, Any], statut: int = 200, **contenu: Any) -> str:
    url = f"/contrats/{contrat['id']}/fichiers/{new_id()}"
    pose = await client.put(url, params={"nom": "Contrat signé.pdf"}, **{**PDF, **contenu})
    assert pose.status_code == statut, pose.text
    return url


async def rangs(client: httpx.AsyncClient, contrat: dict[str, Any]) -> list[int]:
    return [f["rang"] for f in (await client.get(f"/contrats/{contrat['id']}/fichiers")).json()["elements"]]


async def test_it_is_versioned_taken_off_put_back_and_told(
    client: httpx.AsyncClient, maintenance: Database, contrat: dict[str, Any]
) -> None:
    await joindre(client, contrat)
    url = await joindre(client, contrat, content=b"%PDF-1.7" + bytes(3 * 1024 * 1024))
    assert await rangs(client, contrat) == [2]
    assert (await client.delete(url)).status_code == 204
    assert await rangs(client, contrat) == [1]
    assert (await client.post(f"{url}/remettre")).status_code == 204
    (du_tiers,) = (await client.get("/fichiers-contrats", params={"tiers_id": str(CLIENT)})).json()["elements"]
    assert (du_tiers["rang"], du_tiers["proprietaire_numero"]) == (2, contrat["numero"])
    assert du_tiers["proprietaire_objet"] == contrat["objet"]
    dit = FichiersContratModifies(contrat_id=contrat["id"], tiers_id=CLIENT)
    assert await annonces(maintenance, FichiersContratModifies) == [dit] * 4
    traces = (await client.get(f"/journal/{contrat['id']}")).json()["elements"]
    assert len({t["objet_id"] for t in traces if t["objet_type"] == "fichier_contrat"}) == 2
    relu = (await client.get(f"/contrats/{contrat['id']}")).json()
    assert relu["version"] == contrat["version"], "le formulaire ouvert ailleurs s’enregistre encore"


async def test_it_is_under_the_rights_of_the_contract(
    client: httpx.AsyncClient, maintenance: Database, contrat: dict[str, Any], service_client: ServiceClient
) -> None:
    url = await joindre(client, contrat)
    lecteur = await service_client("maintenance", maintenance, "contrat.lire")
    assert (await lecteur.get(f"{url}/apercu")).content == PDF["content"]
    await joindre(lecteur, contrat, 403)
    assert (await lecteur.delete(url)).status_code == 403
    autre = await service_client("maintenance", maintenance, "parc.lire")
    for porte in (url, f"{url}/contenu", url.rpartition("/")[0], f"/fichiers-contrats?tiers_id={CLIENT}"):
        assert (await autre.get(porte)).status_code == 403, porte
    await joindre(client, {"id": new_id()}, 404)
