"""Needs, products, suppliers and rules are found by the beginnings of their words, without accents, glued or in parts."""

import pytest

from tests.builders.purchasing import Monde, recevoir, un_attendu, un_fournisseur, un_produit, une_feuille


@pytest.mark.parametrize("q", ["ds-2cd", "2CD2147", "ds2cd2147", "camera dom", "DÔME"])
async def test_a_need_and_its_product_are_found_by_the_same_words(monde: Monde, q: str) -> None:
    camera = un_produit("DS-2CD2147", "Caméra dôme", chez={}, ean="3760012345670")
    await recevoir(monde.database, camera, une_feuille([un_attendu(camera, 2), un_attendu(monde.switch, 1)]))
    regle = {"produit_id": str(camera.produit_id), "agence_id": str(monde.annecy.agence_id), "mini": "1", "maxi": "3"}
    assert (await monde.client.put("/regles-reappro", json=regle)).is_success
    besoins = (await monde.besoins(q=q, filtre="tous"))["elements"]
    assert [g["reference"] for g in besoins] == ["DS-2CD2147"]
    assert [r["reference"] for r in (await monde.lire("/regles-reappro", q=q))["elements"]] == ["DS-2CD2147"]
    assert [p["reference"] for p in await monde.lire("/produits", q=q)] == ["DS-2CD2147"]


async def test_a_supplier_is_found_by_its_name_or_its_code(monde: Monde) -> None:
    autre = un_fournisseur("Électro Bâtiment")
    autre = autre.model_copy(update={"fiche": autre.fiche.model_copy(update={"code": "F-00042"})})
    await recevoir(monde.database, autre)
    for q in ("electro", "batim", "F-00042", "f00042"):
        trouves = (await monde.lire("/fournisseurs", q=q))["elements"]
        assert [f["nom"] for f in trouves] == ["Électro Bâtiment"], q
