"""Errors of the database as people read them."""

import asyncio

import httpx
import pytest
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import text

from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.web.app import router
from shared.web.problems import phrase_champ


class Saisie(BaseModel):
    """Fields of every bound."""

    nom: str = Field("x", min_length=1)
    code: str = Field("xxxx", min_length=4)
    lignes: list[int] = Field([1], min_length=1)
    parts: list[int] = Field([1, 2], min_length=2)


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("nom", "", "Ce champ est obligatoire."),
        ("code", "x", "Saisissez au moins 4 caractères."),
        ("lignes", [], "Il en faut au moins un."),
        ("parts", [1], "Il en faut au moins 2."),
    ],
)
def test_what_is_too_short_is_said_as_people_say_it(champ: str, valeur: object, phrase: str) -> None:
    with pytest.raises(ValidationError) as refus:
        Saisie.model_validate({champ: valeur})
    assert [phrase_champ(dict(erreur)) for erreur in refus.value.errors()] == [phrase]


async def test_two_operations_that_wait_for_each_other_are_told_to_try_again(
    service_database: ServiceDatabase, service_client: ServiceClient
) -> None:
    contacts = await service_database("contacts")
    client = await service_client("contacts", contacts)
    async with contacts.transaction(Actor.systeme("essai")) as tx:
        await tx.execute(text("insert into compteur (serie, valeur) values ('a', 0), ('b', 0)"))
    rencontre = asyncio.Barrier(2)
    reponses = await asyncio.gather(
        *(_croiser(client, contacts, rencontre, *paire) for paire in (("a", "b"), ("b", "a")))
    )
    statuts = sorted(reponse.status_code for reponse in reponses)
    assert statuts == [200, 409]
    refus = next(reponse for reponse in reponses if reponse.status_code == 409)
    assert refus.json()["code"] == "operation_croisee"


async def _croiser(
    client: httpx.AsyncClient, contacts: Database, rencontre: asyncio.Barrier, premier: str, second: str
) -> httpx.Response:
    """A route that locks two rows, in the order given."""
    chemin = f"/croiser-{premier}"
    route = router("essai")

    @route.get(chemin)
    async def croiser() -> dict[str, str]:
        async with contacts.transaction(Actor.systeme("essai")) as tx:
            verrou = text("update compteur set valeur = valeur + 1 where serie = :s")
            await tx.execute(verrou, {"s": premier})
            await rencontre.wait()  # each holds what the other wants
            await tx.execute(verrou, {"s": second})
        return {}

    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.app.include_router(route)  # type: ignore[attr-defined]
    return await client.get(chemin)


async def test_a_connection_cut_is_told_as_such_and_the_next_request_passes(
    service_database: ServiceDatabase, service_client: ServiceClient
) -> None:
    contacts = await service_database("contacts")
    client = await service_client("contacts", contacts)
    route = router("essai")

    @route.get("/couper")
    async def couper() -> dict[str, str]:
        async with contacts.transaction(Actor.systeme("essai")) as tx:
            await tx.execute(text("select pg_terminate_backend(pg_backend_pid())"))
        return {}

    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.app.include_router(route)  # type: ignore[attr-defined]
    reponse = await client.get("/couper")
    assert (reponse.status_code, reponse.json()["code"]) == (503, "base_indisponible")
    async with contacts.transaction(Actor.systeme("essai")) as tx:
        assert (await tx.execute(text("select 1"))).scalar_one() == 1


async def test_a_null_character_is_a_wrong_value_wherever_it_stands(
    service_database: ServiceDatabase, service_client: ServiceClient
) -> None:
    inventory = await service_database("inventory")
    client = await service_client("inventory", inventory)
    produit = {"reference": "A\0B", "designation": "Câble"}
    en_json = {
        "reference": "AB",
        "designation": "Câble",
        "caracteristiques": [{"libelle": "a\0", "valeur": "b"}],
    }
    for reponse in (
        await client.get("/recherche-objet", params={"code": "a\0b"}),
        await client.post("/produits", json=produit),
        await client.post("/produits", json=en_json),
    ):
        assert reponse.status_code == 422, reponse.text
        assert reponse.json()["code"] == "caractere_interdit"
