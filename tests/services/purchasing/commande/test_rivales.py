"""What other suppliers were asked for the same needs: proposed for closing, turned down by the order, back if it is refused."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from services.purchasing.negociation import repository
from services.purchasing.negociation.rules import est_rivale
from shared.contracts.contacts import TiersCree
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.testing.eventually import eventually
from tests.builders.purchasing import Monde, recevoir, un_attendu, un_fournisseur, une_feuille

Json = dict[str, object]


def test_rivals_share_a_need_or_are_both_for_the_stock() -> None:
    ici, ailleurs = new_id(), new_id()
    assert est_rivale({ici, ailleurs}, {ici})
    assert est_rivale(set(), set())
    assert not est_rivale({ailleurs}, {ici})
    assert not est_rivale(set(), {ici})


@pytest.fixture
async def domotek(monde: Monde) -> TiersCree:
    autre = un_fournisseur("Domotek")
    await recevoir(monde.database, autre)
    return autre


async def etats(monde: Monde, *negociations: Json) -> list[tuple[str, str]]:
    """State of each, and the order that was preferred."""
    lues = {n["id"]: n for n in (await monde.lire("/negociations"))["elements"]}
    return [(lues[n["id"]]["etat"], lues[n["id"]]["retenue_ailleurs"]) for n in negociations]


@pytest.mark.feature("PU-08", "PU-18")
async def test_an_order_turns_down_the_rival_offers_it_names(monde: Monde, domotek: TiersCree) -> None:
    mairie, clinique = (une_feuille([un_attendu(monde.switch, 2)]) for _ in range(2))
    await recevoir(monde.database, mairie, clinique)
    besoin = {b["demande_id"]: b["id"] for g in (await monde.besoins())["elements"] for b in g["besoins"]}
    un, deux = ([{"besoin_id": besoin[str(f.demande_id)], "quantite": 2}] for f in (mairie, clinique))
    chez = {"fournisseur_id": domotek.tiers_id}
    retenue = await monde.negocier(monde.switch, 2, besoins=un)
    meme = await monde.negocier(monde.switch, 2, besoins=un, **chez)
    groupee = await monde.negocier(monde.switch, 4, besoins=[*un, *deux], **chez)
    autre_projet = await monde.negocier(monde.switch, 2, besoins=deux, **chez)
    pour_le_stock = await monde.negocier(monde.switch, 5, **chez)
    proposees = await monde.lire("/negociations/rivales", ids=retenue["id"])
    assert [(n["id"], n["est_couverte"]) for n in proposees] == [(meme["id"], True), (groupee["id"], False)]
    commande = await monde.commander(retenue, non_retenues_ids=[meme["id"]])
    assert await etats(monde, meme, groupee, autre_projet, pour_le_stock) == [
        ("non_retenue", commande["numero"]),
        ("ouverte", ""),
        ("ouverte", ""),
        ("ouverte", ""),
    ]
    (groupe,) = (await monde.besoins())["elements"]
    assert meme["id"] not in [n["id"] for n in groupe["negociations"]]
    await monde.poster(f"/negociations/{meme['id']}/rouvrir", statut=200)
    assert await etats(monde, meme) == [("ouverte", "")]


@pytest.mark.feature("PU-08")
async def test_two_orders_of_each_others_rivals_never_wait_for_each_other(monde: Monde, domotek: TiersCree) -> None:
    """Both wait for offers somebody holds; let go at once, the first takes its own, the second learns it was preferred."""
    notre = await monde.negocier(monde.switch, 2)
    autre = await monde.negocier(monde.switch, 2, fournisseur_id=domotek.tiers_id)
    saisies = [
        {"fournisseur_id": n["fournisseur_id"], "negociation_ids": [n["id"]], "non_retenues_ids": [rivale["id"]]}
        for n, rivale in ((notre, autre), (autre, notre))
    ]
    bloquees = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

    async def attendent() -> bool:
        async with monde.database.read() as session:
            return bool(await session.scalar(text(bloquees)) == len(saisies))

    async with monde.database.transaction(Actor.systeme("test")) as tx:
        await repository.plusieurs_for_update(tx, [UUID(notre["id"]), UUID(autre["id"])])
        posees = [asyncio.create_task(monde.client.post("/commandes", json=saisie)) for saisie in saisies]
        await eventually(attendent)
    reponses = [await posee for posee in posees]
    assert sorted(r.status_code for r in reponses) == [201, 409], [r.text for r in reponses]
    (refus,) = [r.json() for r in reponses if r.status_code == 409]
    assert refus["code"] == "negociation_transition"
    assert sorted(etat for etat, _ in await etats(monde, notre, autre)) == ["commandee", "non_retenue"]
