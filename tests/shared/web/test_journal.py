"""The audit over HTTP: the right of the object is needed, costs stay hidden, the whole journal is for administrators."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from deploy.topology import SERVICES
from shared.database.audit import audited_columns
from shared.database.columns import Aggregate
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.web.journal import Lisible
from tests.builders.inventory import une_saisie_produit


def un_produit(**valeurs: Any) -> dict[str, Any]:
    """A product as it is typed."""
    return une_saisie_produit(**valeurs).model_dump(mode="json")


# Kinds nobody but an administrator reads the past of.
RESERVES = {"import_tiers", "profil_catalogue"}


def agregats(base: type[Any] = Aggregate) -> Iterator[type[Any]]:
    """Every aggregate of the services."""
    for part in SERVICES:
        part.load_models()
    for classe in base.__subclasses__():
        if classe.__module__.startswith("services.") and hasattr(classe, "__table__"):
            yield classe
        yield from agregats(classe)


def test_chaque_genre_d_objet_a_un_lecteur() -> None:
    lisibles: dict[str, dict[str, Lisible]] = {
        part.name: import_module(f"services.{part.name}.app").LISIBLES for part in SERVICES
    }
    for classe in agregats():
        service, genre = classe.__module__.split(".")[1], classe.__tablename__
        assert (genre in lisibles[service]) != (genre in RESERVES), f"{service}.{genre}"
        if genre in lisibles[service]:
            couts = lisibles[service][genre].couts
            assert couts <= set(audited_columns(classe)), f"{service}.{genre}: {couts}"


@pytest.fixture
async def inventory(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    return await service_database("inventory", clock)


async def test_avant_apres_pagine_et_couts_caches(inventory: Database, service_client: ServiceClient) -> None:
    admin = await service_client("inventory", inventory)
    cree = (await admin.post("/produits", json=un_produit(prix_achat_ht="100"))).json()
    for prix, nom in (("110", "Caméra A"), ("120", "Caméra B")):
        lu = (await admin.get(f"/produits/{cree['id']}")).json()
        corps = un_produit(reference=lu["reference"], prix_achat_ht=prix, designation=nom)
        reponse = await admin.put(f"/produits/{cree['id']}", json=corps, headers={"If-Match": str(lu["version"])})
        assert reponse.status_code == 200, reponse.text
    premiere = (await admin.get(f"/journal/{cree['id']}", params={"limite": 2})).json()
    assert [t["apres"]["designation"] for t in premiere["elements"]] == ["Caméra B", "Caméra A"]
    assert premiere["elements"][0]["avant"] == {"designation": "Caméra A", "prix_achat_ht": "110.0000"}
    assert premiere["elements"][0]["par_nom"] == "Camille Test"
    suite = {"limite": 2, "curseur": premiere["curseur_suivant"]}
    (creation,) = (await admin.get(f"/journal/{cree['id']}", params=suite)).json()["elements"]
    assert creation["avant"] is None
    assert creation["apres"]["prix_achat_ht"] == "100"
    vendeur = await service_client("inventory", inventory, "produit.lire")
    vus = (await vendeur.get(f"/journal/{cree['id']}")).json()["elements"]
    assert [t["apres"]["designation"] for t in vus][:2] == ["Caméra B", "Caméra A"]
    assert not any("prix_achat_ht" in (t[cote] or {}) for t in vus for cote in ("avant", "apres"))
    etranger = await service_client("inventory", inventory, "tiers.lire")
    assert (await etranger.get(f"/journal/{cree['id']}")).status_code == 403


async def test_le_journal_entier_est_pour_l_administrateur(
    inventory: Database, service_client: ServiceClient, clock: FrozenClock
) -> None:
    admin = await service_client("inventory", inventory)
    (await admin.post("/produits", json=un_produit())).raise_for_status()
    vendeur = await service_client("inventory", inventory, "produit.*", "couts.voir")
    assert (await vendeur.get("/journal")).status_code == 403
    for filtre, attendu in (
        ({}, 1),
        ({"qui": "camille"}, 1),
        ({"qui": "quelqu’un d’autre"}, 0),
        ({"qui": "%"}, 0),
        ({"objet_type": "produit"}, 1),
        ({"objet_type": "depot"}, 0),
        ({"origine": "interne"}, 1),
        ({"du": "2026-03-17", "au": "2026-03-17"}, 1),
        ({"du": "2026-03-01", "au": "2026-03-16"}, 0),
    ):
        produits = (await admin.get("/journal", params=filtre)).json()["elements"]
        trouves = [t for t in produits if t["objet_type"] == "produit"]
        assert len(trouves) == attendu, filtre
