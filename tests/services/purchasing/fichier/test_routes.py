"""Files of an order: kept with it, told to its supplier's page, shown to who sees costs only, as the order itself."""

from typing import Any

import httpx
import pytest

from shared.contracts.purchasing import FichiersCommandeModifies
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, faits

PDF: Any = {"content": b"%PDF-1.7 confirmation", "headers": {"content-type": "application/pdf"}}


@pytest.fixture
async def commande(monde: Monde) -> dict[str, Any]:
    return await monde.commander_produit(monde.switch, 2, numero_fournisseur="PO 88-412")


async def joindre(client: httpx.AsyncClient, commande: dict[str, Any], statut: int = 200, **contenu: Any) -> str:
    url = f"/commandes/{commande['id']}/fichiers/{new_id()}"
    pose = await client.put(url, params={"nom": "Confirmation.pdf"}, **{**PDF, **contenu})
    assert pose.status_code == statut, pose.text
    return url


async def test_it_is_versioned_taken_off_put_back_and_told(monde: Monde, commande: dict[str, Any]) -> None:
    await joindre(monde.client, commande)
    url = await joindre(monde.client, commande, content=b"%PDF-1.7 confirmation deux")
    (lu,) = (await monde.lire(f"/commandes/{commande['id']}/fichiers"))["elements"]
    assert (lu["nom"], lu["rang"]) == ("Confirmation.pdf", 2)
    assert (await monde.client.delete(url)).status_code == 204
    (lu,) = (await monde.lire(f"/commandes/{commande['id']}/fichiers"))["elements"]
    assert lu["rang"] == 1
    assert (await monde.client.post(f"{url}/remettre")).status_code == 204
    (du_tiers,) = (await monde.lire("/fichiers-commandes", tiers_id=monde.fournisseur.tiers_id))["elements"]
    assert (du_tiers["rang"], du_tiers["proprietaire_numero"]) == (2, commande["numero"])
    assert du_tiers["proprietaire_objet"] == "PO 88-412"
    dits = await faits(monde.database, FichiersCommandeModifies)
    assert {(str(f.commande_id), f.fournisseur_id) for f in dits} == {(commande["id"], monde.fournisseur.tiers_id)}
    assert len(dits) == 4
    traces = (await monde.lire(f"/journal/{commande['id']}"))["elements"]
    assert len({t["objet_id"] for t in traces if t["objet_type"] == "fichier_commande"}) == 2


async def test_a_large_scan_is_taken_where_an_invoice_of_that_size_is_not(
    monde: Monde, commande: dict[str, Any]
) -> None:
    await joindre(monde.client, commande, content=b"%PDF-1.7" + bytes(13 * 1024 * 1024))


@pytest.mark.parametrize("permissions", [("achat.lire", "achat.modifier"), ("couts.voir",)])
async def test_who_does_not_see_what_we_pay_sees_none_of_them(
    monde: Monde, commande: dict[str, Any], service_client: ServiceClient, permissions: tuple[str, ...]
) -> None:
    url = await joindre(monde.client, commande)
    autre = await service_client("purchasing", monde.database, *permissions)
    tiers = {"tiers_id": str(monde.fournisseur.tiers_id)}
    for porte in (url, f"{url}/contenu", f"{url}/apercu", url.rpartition("/")[0]):
        assert (await autre.get(porte)).status_code == 403, porte
    assert (await autre.get("/fichiers-commandes", params=tiers)).status_code == 403
    await joindre(autre, commande, 403)


async def test_who_reads_orders_and_costs_reads_them_without_attaching(
    monde: Monde, commande: dict[str, Any], service_client: ServiceClient
) -> None:
    url = await joindre(monde.client, commande)
    lecteur = await service_client("purchasing", monde.database, "achat.lire", "couts.voir")
    assert (await lecteur.get(f"{url}/apercu")).content == PDF["content"]
    await joindre(lecteur, commande, 403)
    assert (await lecteur.delete(url)).status_code == 403
    await joindre(monde.client, {"id": new_id()}, 404)
