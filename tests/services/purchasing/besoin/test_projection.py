"""Needs follow the sheets of inventory, whatever the order and the repetitions."""

from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import text

from shared.contracts.base import Envelope
from shared.contracts.inventory import FeuilleCreee, FeuilleRouverte, FeuilleValidee
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceDatabase
from shared.testing.statements import sent
from tests.builders.purchasing import (
    Monde,
    des_pressentis,
    enveloppe,
    recevoir,
    un_attendu,
    un_produit,
    une_feuille,
    une_feuille_modifiee,
)

TABLES = ("feuille", "besoin", "proposition_pressentie", "besoin_pressenti")


async def _contenu(database: Database) -> dict[str, list[Any]]:
    async with database.read() as session:
        return {
            table: sorted(str(ligne) for ligne in await session.execute(text(f"select * from {table}")))
            for table in TABLES
        }


async def test_the_same_facts_in_any_order_give_the_same_needs(service_database: ServiceDatabase) -> None:
    database = await service_database("purchasing")
    switch, borne = un_produit(), un_produit("AP-6E", "Borne")
    feuille = une_feuille([un_attendu(switch, 3), un_attendu(borne, 2), un_attendu(switch, 1)])
    avance = une_feuille_modifiee(feuille, [un_attendu(switch, 4, reserve=1)])
    finie = une_feuille_modifiee(feuille, [un_attendu(switch, 4, present=4), un_attendu(borne, 1)])
    pressentis = des_pressentis({switch.produit_id: 9}, proposition_id=feuille.etat.proposition_id)
    suite = [enveloppe(fait, seq=rang) for rang, fait in enumerate((feuille, avance, finie), 1)]
    await recevoir(database, *suite, enveloppe(pressentis, seq=1))
    attendu = await _contenu(database)
    ordres: list[tuple[Envelope, ...]] = [(*ordre, enveloppe(pressentis, seq=1)) for ordre in permutations(suite)]
    ordres += [(enveloppe(pressentis, seq=1), *suite, *suite), (*reversed(suite), *suite, enveloppe(pressentis, seq=1))]
    for ordre in ordres:
        async with database.transaction(Actor.systeme("Essai")) as tx:
            await tx.execute(text(f"truncate {', '.join(TABLES)} cascade"))
        await recevoir(database, *ordre)
        obtenu = await _contenu(database)
        assert (obtenu["feuille"], obtenu["besoin"]) == (attendu["feuille"], attendu["besoin"])
        assert obtenu["besoin_pressenti"] == []


@pytest.mark.feature("PU-01")
async def test_the_buyer_finds_the_products_of_the_demande(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2), un_attendu(monde.borne, 3)])
    await recevoir(monde.database, feuille, une_feuille([un_attendu(monde.switch, 5)]))
    liste = await monde.besoins(demande_id=feuille.demande_id)
    assert [(g["reference"], g["net_demande"]) for g in liste["elements"]] == [("AP-6E", "3.000"), ("SW-24P", "2.000")]


def une_validation(feuille: FeuilleCreee, clock: FrozenClock) -> FeuilleValidee:
    """The work of a sheet is done."""
    return FeuilleValidee(
        feuille_id=feuille.feuille_id,
        demande_id=feuille.demande_id,
        numero="FT-2026-00001",
        proposition_id=feuille.etat.proposition_id,
        devis_numero="DEV-2026-00001",
        tiers_id=feuille.etat.tiers_id,
        tiers_nom="Mairie de Seynod",
        objet="Réseau",
        lignes=(),
        objets=(),
        valide_le=clock.now(),
    )


async def test_a_finished_sheet_wants_nothing_even_if_a_fact_comes_late(monde: Monde, clock: FrozenClock) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2)])
    tardif = enveloppe(une_feuille_modifiee(feuille, [un_attendu(monde.switch, 2)]), seq=1)
    validee = une_validation(feuille, clock)
    await recevoir(monde.database, feuille, validee, tardif)
    assert (await monde.besoins(filtre="tous"))["elements"] == []


async def test_a_reopened_sheet_wants_again_what_it_misses_whatever_the_sequence(
    monde: Monde, clock: FrozenClock
) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2)])
    rouverte = FeuilleRouverte(
        feuille_id=feuille.feuille_id,
        demande_id=feuille.demande_id,
        motif="Un switch manquait",
        rouverte_par="Karim",
        rouverte_le=clock.now(),
        etat=feuille.etat.model_copy(update={"attendus": (un_attendu(monde.switch, 2, present=1),)}),
    )
    suite = [enveloppe(f, seq=rang) for rang, f in enumerate((feuille, une_validation(feuille, clock), rouverte), 1)]
    for ordre in permutations(suite):
        async with monde.database.transaction(Actor.systeme("Essai")) as tx:
            await tx.execute(text("truncate feuille, besoin cascade"))
        await recevoir(monde.database, *ordre)
        (groupe,) = (await monde.besoins())["elements"]
        assert (groupe["quantite"], groupe["manquant"]) == ("2.000", "1.000")
    await recevoir(monde.database, enveloppe(une_validation(feuille, clock), seq=4))
    assert (await monde.besoins(filtre="tous"))["elements"] == []


@pytest.mark.feature("PU-10")
async def test_an_unsigned_proposition_is_shown_but_never_counted(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2)])
    incertain = des_pressentis({monde.switch.produit_id: 7})
    await recevoir(monde.database, feuille, incertain)
    groupe = (await monde.besoins())["elements"][0]
    assert (groupe["manquant"], groupe["net"]) == ("2.000", "2.000")
    assert [(p["numero"], p["quantite"]) for p in groupe["pressentis"]] == [("DEV-2026-00090", "7.000")]
    signee = une_feuille([un_attendu(monde.switch, 7)], proposition_id=incertain.proposition_id)
    await recevoir(monde.database, signee, incertain)
    groupe = (await monde.besoins())["elements"][0]
    assert (groupe["pressentis"], groupe["manquant"]) == ([], "9.000")


async def test_a_new_sheet_costs_the_same_few_statements_whatever_it_lists(monde: Monde) -> None:
    couts = []
    for nombre in (1, 20):
        feuille = une_feuille([un_attendu(un_produit(f"REF-{nombre}-{rang}"), 1) for rang in range(nombre)])
        with sent(monde.database) as instructions:
            await recevoir(monde.database, feuille)
        couts.append(len(instructions))
    assert couts[0] == couts[1] <= 7
