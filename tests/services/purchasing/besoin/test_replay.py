"""The net need at any time: required − stock − present − reserved − on order, the same after a replay in any order."""

from collections import defaultdict
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from shared.contracts.base import Envelope
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders.purchasing import (
    Monde,
    enveloppe,
    recevoir,
    un_attendu,
    un_stock,
    une_feuille,
    une_feuille_modifiee,
)

COPIES = ("feuille", "besoin", "proposition_pressentie", "besoin_pressenti", "copie_stock")
FEUILLES = 4
SUITES = 5
RELECTURES = 4
AFFAIRES = (new_id(), new_id())


def une_histoire(hasard: Random, monde: Monde) -> list[Envelope]:
    """Sheets opened then changed at random, balances that move; the place of each fact in its own sequence."""
    faits = []
    for rang in range(FEUILLES):
        feuille = une_feuille(
            _attendus(hasard, monde),
            priorite=hasard.randint(0, 9),
            tiers_nom=f"Projet {rang}",
            affaire_id=AFFAIRES[rang % len(AFFAIRES)],
        )
        suite = [
            feuille,
            *(une_feuille_modifiee(feuille, _attendus(hasard, monde)) for _ in range(hasard.randint(0, 3))),
        ]
        faits += [enveloppe(fait, seq=seq) for seq, fait in enumerate(suite, 1)]
    for seq in range(1, SUITES):
        stock = un_stock(monde.switch, monde.annecy.agence_id, "Annecy", hasard.randint(0, 9), 0)
        faits.append(enveloppe(stock, seq=seq))
    return faits


def _attendus(hasard: Random, monde: Monde) -> list[Any]:
    attendus = []
    for produit in (monde.switch, monde.borne):
        voulu = hasard.randint(0, 8)
        present = hasard.randint(0, voulu)
        attendus.append(un_attendu(produit, voulu, present=present, reserve=hasard.randint(0, voulu - present)))
    return attendus


async def verifier(monde: Monde, en_commande: dict[str, Decimal]) -> dict[str, Any]:
    """Every product and every project of the buyer's list obeys the rule; what the list says."""
    lus: dict[str, Any] = {g["reference"]: g for g in (await monde.besoins(filtre="tous"))["elements"]}
    for reference, groupe in lus.items():
        vu = {nom: Decimal(groupe[nom]) for nom in ("quantite", "present", "reserve", "manquant", "net", "disponible")}
        assert vu["manquant"] == vu["quantite"] - vu["present"] - vu["reserve"], groupe
        assert vu["net"] == max(
            Decimal(0),
            vu["quantite"] - vu["disponible"] - vu["present"] - vu["reserve"] - en_commande[reference],
        ), groupe
        assert vu["net"] == sum(Decimal(b["net"]) for b in groupe["besoins"])
    a_acheter = {g["reference"] for g in (await monde.besoins(filtre="a_acheter"))["elements"]}
    assert a_acheter == {reference for reference, groupe in lus.items() if Decimal(groupe["net"]) > 0}
    await verifier_les_affaires(monde, lus)
    return lus


async def verifier_les_affaires(monde: Monde, lus: dict[str, Any]) -> None:
    """Each affaire's own calculation says what the list says for its sheets, term by term."""
    nets: dict[str, Decimal] = defaultdict(Decimal)
    for affaire_id in AFFAIRES:
        for ligne in await monde.lire("/besoins-nets", affaire_id=affaire_id):
            v = {nom: Decimal(ligne[nom]) for nom in ("requis", "present", "stock", "reserve", "en_commande", "net")}
            assert v["net"] == v["requis"] - v["present"] - v["stock"] - v["reserve"] - v["en_commande"] >= 0, ligne
            nets[ligne["reference"]] += v["net"]
    assert nets == {reference: Decimal(groupe["net"]) for reference, groupe in lus.items()}


@pytest.mark.parametrize("graine", range(3))
async def test_the_net_need_is_the_same_after_a_replay_in_any_order(monde: Monde, graine: int) -> None:
    hasard = Random(graine)
    histoire = une_histoire(hasard, monde)
    await recevoir(monde.database, *histoire)
    commandes: dict[str, Decimal] = defaultdict(Decimal)
    for produit in (monde.switch, monde.borne):
        quantite = hasard.randint(1, 12)
        await monde.commander_produit(produit, quantite)
        commandes[produit.reference] += quantite
    attendu = await verifier(monde, commandes)
    assert attendu
    for _ in range(RELECTURES):
        async with monde.database.transaction(Actor.systeme("Essai")) as tx:
            await tx.execute(text(f"truncate {', '.join(COPIES)} cascade"))
        desordre = [*histoire, *hasard.sample(histoire, 3)]
        hasard.shuffle(desordre)
        await recevoir(monde.database, *desordre)
        assert await verifier(monde, commandes) == attendu
