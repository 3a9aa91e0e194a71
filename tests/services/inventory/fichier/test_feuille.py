"""Files of a feuille: versions, taken off and put back, found at its client's, under the rights of the feuille."""

from typing import Any

import httpx
import pytest

from shared.contracts.inventory_fichier import FichiersFeuilleModifies
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, attend, un_devis_valide, une_ligne
from tests.services.inventory.feuille.test_placement import la_feuille

Json = dict[str, Any]
PDF: Any = {"content": b"%PDF-1.7 plan", "headers": {"content-type": "application/pdf"}}


@pytest.fixture
async def feuille(atelier: Atelier, client: httpx.AsyncClient) -> Json:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.copieur))))
    return await la_feuille(client)


async def joindre(client: httpx.AsyncClient, feuille: Json, statut: int = 200, **contenu: Any) -> str:
    url = f"/feuilles/{feuille['id']}/fichiers/{new_id()}"
    pose = await client.put(url, params={"nom": "Plan.pdf"}, **{**PDF, **contenu})
    assert pose.status_code == statut, pose.text
    return url


async def rangs(client: httpx.AsyncClient, feuille: Json) -> list[int]:
    return [f["rang"] for f in (await client.get(f"/feuilles/{feuille['id']}/fichiers")).json()["elements"]]


async def test_it_is_versioned_taken_off_put_back_and_told(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json
) -> None:
    await joindre(client, feuille)
    url = await joindre(client, feuille, content=b"%PDF-1.7 plan deux")
    assert await rangs(client, feuille) == [2]
    assert (await client.delete(url)).status_code == 204
    assert await rangs(client, feuille) == [1]
    assert (await client.post(f"{url}/remettre")).status_code == 204
    params = {"tiers_id": feuille["tiers_id"]}
    (du_tiers,) = (await client.get("/fichiers-feuilles", params=params)).json()["elements"]
    assert (du_tiers["rang"], du_tiers["proprietaire_numero"]) == (2, feuille["numero"])
    dit = FichiersFeuilleModifies(
        feuille_id=feuille["id"], demande_id=feuille["demande_id"], tiers_id=feuille["tiers_id"]
    )
    assert await annonces(atelier.database, FichiersFeuilleModifies) == [dit] * 4
    traces = (await client.get(f"/journal/{feuille['id']}")).json()["elements"]
    assert len({t["objet_id"] for t in traces if t["objet_type"] == "fichier_feuille"}) == 2


async def test_it_is_under_the_rights_of_the_feuille(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json, service_client: ServiceClient
) -> None:
    url = await joindre(client, feuille)
    lecteur = await service_client("inventory", atelier.database, "feuille.lire")
    assert (await lecteur.get(f"{url}/apercu")).content == PDF["content"]
    await joindre(lecteur, feuille, 403)
    assert (await lecteur.delete(url)).status_code == 403
    autre = await service_client("inventory", atelier.database, "stock.lire")
    liste = f"/fichiers-feuilles?tiers_id={feuille['tiers_id']}"
    for porte in (url, f"{url}/contenu", url.rpartition("/")[0], liste):
        assert (await autre.get(porte)).status_code == 403, porte
    await joindre(client, {"id": new_id()}, 404)
