"""Hidden products follow the quantity of their line, in the proportion somebody said, whatever is typed on the way."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.proposition.rules import proportion
from services.commercial.proposition.rules.chiffrage import Ligne, ProduitCache
from shared.database.database import Database
from shared.kernel.ids import new_id
from tests.builders import commercial as b

D = Decimal
QUANTITES = st.decimals("0.001", 9999, places=3)


def une_ligne(quantite: str, *cachees: str, suivent: bool = True) -> Ligne:
    """A line and the quantities of its hidden products."""
    produits = tuple(
        ProduitCache(id=UUID(int=n), produit_id=new_id(), reference="R", designation="P", quantite=D(q))
        for n, q in enumerate(cachees)
    )
    return Ligne(id=new_id(), designation="L", quantite=D(quantite), caches_suivent=suivent, produits=produits)


def passer(ligne: Ligne, quantite: Decimal) -> Ligne:
    return replace(ligne, quantite=quantite, produits=proportion.suivre(ligne, quantite))


def quantites(ligne: Ligne) -> list[Decimal]:
    return [p.quantite for p in ligne.produits]


def test_the_proportion_is_kept_and_whole_articles_stay_whole() -> None:
    ligne = passer(une_ligne("10", "10", "7", "182.5"), D(3))
    assert quantites(ligne) == [D(3), D(3), D("54.750")]


def test_a_line_that_says_so_keeps_its_hidden_products_as_they_are() -> None:
    fixe = passer(une_ligne("10", "1", suivent=False), D(20))
    assert quantites(fixe) == [D(1)]
    assert quantites(passer(replace(fixe, caches_suivent=True), D(40))) == [D(2)]


def test_what_was_said_for_none_of_the_line_is_no_proportion() -> None:
    assert quantites(passer(une_ligne("0", "4"), D(3))) == [D(4)]


@given(st.tuples(QUANTITES, QUANTITES), st.lists(st.one_of(st.just(D(0)), QUANTITES), max_size=6))
def test_whatever_was_typed_on_the_way_the_first_quantity_gives_the_first_needs_back(
    debut: tuple[Decimal, Decimal], chemin: list[Decimal]
) -> None:
    ligne = une_ligne(str(debut[0]), str(debut[1]))
    suivie = ligne
    for quantite in [*chemin, debut[0]]:
        suivie = passer(suivie, quantite)
    assert quantites(suivie) == quantites(ligne)


async def un_devis(client: httpx.AsyncClient, database: Database) -> tuple[dict[str, Any], str]:
    """A line of 3 that needs 1 of a product; the devis and the path of the line."""
    produit = b.un_produit("CAM-P", "Caméra")
    await b.recevoir(database, produit)
    cachee = {"produit_id": str(produit.produit_id), "quantite": "1"}
    devis = await b.un_devis(client, [b.une_ligne(quantite="3", produits=[cachee])])
    return devis, f"/propositions/{devis['id']}/lignes"


def cache(reponse: httpx.Response) -> tuple[str, Decimal]:
    assert reponse.is_success, reponse.text
    (produit,) = reponse.json()["lignes"][0]["produits"]
    return produit["id"], D(produit["quantite"])


@pytest.mark.parametrize("door", ["put", "patch"])
async def test_it_follows_what_is_typed_in_the_editor_or_asked_for_a_line(
    client: httpx.AsyncClient, database: Database, door: str
) -> None:
    devis, chemin = await un_devis(client, database)
    ligne = devis["lignes"][0]

    async def dire(**champs: Any) -> tuple[str, Decimal]:
        if door == "patch":
            return cache(await client.patch(f"{chemin}/{ligne['id']}", json=champs))
        lues = (await client.get(f"/propositions/{devis['id']}")).json()["lignes"]
        return cache(await client.put(chemin, json={"lignes": [lues[0] | {"produits": None} | champs]}))

    assert (await dire(quantite="1"))[1] == 1
    assert (await dire(quantite="0"))[1] == 0
    assert (await dire(quantite="12"))[1] == 4
    assert (await dire(caches_suivent=False))[1] == 4
    assert (await dire(quantite="30"))[1] == 4
    id_, _ = await dire(caches_suivent=True)
    dit = await client.patch(f"{chemin}/{ligne['id']}/produits/{id_}", json={"quantite": "60"})
    assert cache(dit)[1] == 60, "what is said of a product is believed"
    assert (await dire(quantite="15"))[1] == 30


async def test_products_said_with_the_line_are_what_they_say(client: httpx.AsyncClient, database: Database) -> None:
    devis, chemin = await un_devis(client, database)
    ligne = devis["lignes"][0]
    dites = [{**produit, "quantite": "5"} for produit in ligne["produits"]]
    assert cache(await client.put(chemin, json={"lignes": [ligne | {"quantite": "9", "produits": dites}]}))[1] == 5
    assert cache(await client.patch(f"{chemin}/{ligne['id']}", json={"quantite": "18"}))[1] == 10
