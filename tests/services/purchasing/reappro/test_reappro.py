"""Reorder rules over HTTP: needs of stock appear in the buyer's list, netted, the same at each reading."""

import asyncio
from typing import Any

from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, recevoir, un_attendu, un_stock, une_feuille


async def fixer(monde: Monde, mini: int, maxi: int, statut: int = 200, **corps: Any) -> Any:
    """PUT /regles-reappro for the access points of Annecy."""
    base = {"produit_id": str(monde.borne.produit_id), "agence_id": str(monde.annecy.agence_id)}
    saisie = {**base, "mini": mini, "maxi": maxi, **corps}
    reponse = await monde.client.put("/regles-reappro", json=saisie)
    assert reponse.status_code == statut, reponse.text
    return reponse.json()


async def groupe(monde: Monde, **params: Any) -> dict[str, Any] | None:
    elements = (await monde.besoins(**params))["elements"]
    return next((g for g in elements if g["reference"] == "AP-6E"), None)


async def test_a_depot_below_its_minimum_is_a_need_netted_against_orders(monde: Monde) -> None:
    await recevoir(monde.database, un_stock(monde.borne, monde.annecy.agence_id, "Annecy", 6, reserve=3))
    regle = await fixer(monde, 5, 20)
    assert (regle["disponible"], regle["net"], regle["agence_nom"]) == ("3.000", "17.000", "Annecy")
    for _ in range(2):
        besoin = await groupe(monde, filtre="a_acheter")
        assert besoin is not None
        assert (besoin["etat"], besoin["net"], besoin["besoins"]) == ("a_acheter", "17.000", [])
        (stock,) = besoin["besoins_stock"]
        assert (stock["agence_nom"], stock["mini"], stock["maxi"], stock["net"]) == (
            "Annecy", "5.000", "20.000", "17.000")  # fmt: skip
    await monde.commander_produit(monde.borne, 17)
    assert await groupe(monde, filtre="a_acheter") is None
    couvert = await groupe(monde, filtre="manquants")
    assert couvert is not None
    assert (couvert["etat"], couvert["net"], couvert["besoins_stock"][0]["en_commande"]) == (
        "en_commande", "0.000", "17.000")  # fmt: skip
    await recevoir(monde.database, un_stock(monde.borne, monde.annecy.agence_id, "Annecy", 23, reserve=3))
    assert await groupe(monde, filtre="tous") is None


async def test_an_order_for_another_depot_or_for_projects_does_not_count(monde: Monde) -> None:
    await fixer(monde, 5, 10)
    await monde.commander_produit(monde.borne, 30, agence_id=monde.grenoble.agence_id)
    besoin = await groupe(monde, filtre="a_acheter")
    assert besoin is not None
    assert besoin["net"] == "10.000"
    feuille = une_feuille([un_attendu(monde.borne, 4)])
    await recevoir(monde.database, feuille)
    besoin = await groupe(monde)
    assert besoin is not None
    assert (besoin["net"], [b["net"] for b in besoin["besoins"]]) == ("10.000", ["0.000"])
    projet = await groupe(monde, demande_id=feuille.demande_id)
    assert projet is not None
    assert projet["besoins_stock"] == []


async def test_a_rule_is_changed_and_removed(monde: Monde, service_client: ServiceClient) -> None:
    regle = await fixer(monde, 5, 10)
    assert (await fixer(monde, 2, 4))["id"] == regle["id"]
    assert [(r["mini"], r["maxi"]) for r in (await monde.lire("/regles-reappro"))["elements"]] == [("2.000", "4.000")]
    await fixer(monde, 5, 4, 422)
    await fixer(monde, 5, 6, 404, produit_id=str(monde.annecy.agence_id))
    lecteur = await service_client("purchasing", monde.database, "achat.lire")
    assert (await lecteur.delete(f"/regles-reappro/{regle['id']}")).status_code == 403
    assert (await monde.client.delete(f"/regles-reappro/{regle['id']}")).status_code == 204
    assert await groupe(monde, filtre="tous") is None
    assert (await monde.client.delete(f"/regles-reappro/{regle['id']}")).status_code == 404


async def test_the_same_rule_made_by_several_people_at_once_is_one_rule(monde: Monde) -> None:
    await asyncio.gather(*(fixer(monde, 5, 10 + n) for n in range(8)))
    assert len((await monde.lire("/regles-reappro"))["elements"]) == 1


async def test_an_order_for_a_project_and_the_depot_suffices_to_both(monde: Monde) -> None:
    await fixer(monde, 5, 10)
    await recevoir(monde.database, une_feuille([un_attendu(monde.borne, 4)]))
    besoin = await groupe(monde, filtre="a_acheter")
    assert besoin is not None
    assert besoin["net"] == "14.000"
    part = {"besoin_id": besoin["besoins"][0]["id"], "quantite": 4}
    negociation = await monde.negocier(monde.borne, 14, besoins=[part])
    await monde.commander(negociation, agence_id=monde.annecy.agence_id)
    assert await groupe(monde, filtre="a_acheter") is None
    await recevoir(monde.database, une_feuille([un_attendu(monde.borne, 6)]))  # another project takes it from the depot
    besoin = await groupe(monde, filtre="a_acheter")
    assert besoin is not None
    assert (besoin["net"], besoin["besoins_stock"][0]["net"]) == ("6.000", "6.000")
