"""Stock kept for feuilles, shared again from nothing: affaire priority first, then delay. Always the same answer."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.inventory.feuille import repository
from services.inventory.feuille.models import Attendu, Feuille
from services.inventory.feuille.rules import EN_COURS
from services.inventory.reservation.rules import Plan, Voeu, planifier
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.database.transaction import Transaction

ZERO = Decimal(0)


async def changer_priorite(tx: Transaction, affaire_id: UUID, priorite: int) -> None:
    """The feuilles in progress of an affaire take its priority."""
    requete = select(Feuille.id).where(Feuille.affaire_id == affaire_id, Feuille.etat.in_(EN_COURS))
    for feuille in await repository.sans_objets(tx, await tx.scalars(requete)):
        if feuille.priorite != priorite:
            feuille.priorite = priorite
            tx.publish(feuille.modifiee())


async def generer(tx: Transaction) -> int:
    """Give everything back, then keep again in the sequence of service; how many feuilles changed.

    What is already on a feuille stays there. A run after another changes nothing.
    """
    stocks = await stock.verrouiller(tx, await repository.produits_attendus(tx))
    feuilles = await repository.sans_objets(tx, await repository.en_cours(tx))
    feuilles.sort(key=lambda f: f.rang)
    plan = planifier(
        _voeux(feuilles, stocks),
        {((p, n), d): q for (p, d, n), q in stocks.physiques().items()},
        [d.id for d in stocks.depots],
    )
    avant = {a.id: _gardes(a) for f in feuilles for a in f.attendus}
    for feuille in feuilles:  # what is given back first: it may be what a feuille served before is waiting for
        _rendre(stocks, feuille, plan)
    changees = 0
    for feuille in feuilles:
        _garder(stocks, feuille, plan)
        if any(avant[a.id] != _gardes(a) for a in feuille.attendus):
            feuille.reste = sum((a.manquant for a in feuille.attendus), ZERO)
            tx.touch(feuille)
            tx.publish(feuille.modifiee())
            changees += 1
    stocks.annoncer(tx)
    return changees


def _voeux(feuilles: Iterable[Feuille], stocks: Stocks) -> list[Voeu]:
    return [
        Voeu(a.id, (a.produit_id, f.nature), a.reste_a_placer, f.depot_id)
        for f in feuilles
        for a in f.attendus
        if a.est_stockable and stocks.connait(a.produit_id)
    ]


def _gardes(attendu: Attendu) -> dict[UUID, Decimal]:
    return {r.depot_id: r.quantite for r in attendu.reservations}


def _rendre(stocks: Stocks, feuille: Feuille, plan: Plan) -> None:
    for attendu in feuille.attendus:
        if attendu.id not in plan:
            continue
        for depot_id, quantite in _gardes(attendu).items():
            trop = quantite - plan[attendu.id].get(depot_id, ZERO)
            if trop > ZERO:
                attendu.liberer(stocks.de(attendu.produit_id, depot_id, feuille.nature), trop)


def _garder(stocks: Stocks, feuille: Feuille, plan: Plan) -> None:
    for attendu in feuille.attendus:
        deja = _gardes(attendu)
        for depot_id, quantite in plan.get(attendu.id, {}).items():
            encore = quantite - deja.get(depot_id, ZERO)
            if encore > ZERO:
                attendu.garder(stocks.de(attendu.produit_id, depot_id, feuille.nature), encore)
