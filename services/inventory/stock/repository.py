"""Locks balances, always in the same sequence, and remembers which ones changed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from services.inventory.depot import repository as depots
from services.inventory.depot.models import Depot
from services.inventory.errors import DepotInconnu
from services.inventory.stock.models import Stock
from shared.contracts.inventory import StockChange
from shared.database.transaction import Transaction


class Stocks:
    """The locked balances of some products in every depot in use."""

    def __init__(self, lignes: Sequence[Stock], en_service: Sequence[Depot]) -> None:
        self._par_cle = {(s.produit_id, s.depot_id): s for s in lignes}
        self._avant = {cle: (s.physique, s.reserve) for cle, s in self._par_cle.items()}
        self.depots = list(en_service)

    def de(self, produit_id: UUID, depot_id: UUID) -> Stock:
        """The balance of a product in a depot; DepotInconnu when the depot is no longer in use."""
        trouve = self._par_cle.get((produit_id, depot_id))
        if trouve is None:
            raise DepotInconnu
        return trouve

    def de_produit(self, produit_id: UUID, *, depuis: UUID | None = None) -> list[Stock]:
        """The balances of a product: the depot `depuis` first, then the others by code."""
        ids = sorted((d.id for d in self.depots), key=lambda depot_id: depot_id != depuis)
        return [self._par_cle[produit_id, depot_id] for depot_id in ids if (produit_id, depot_id) in self._par_cle]

    def depot(self, depot_id: UUID) -> Depot:
        """A depot in use; DepotInconnu."""
        trouve = next((d for d in self.depots if d.id == depot_id), None)
        if trouve is None:
            raise DepotInconnu
        return trouve

    def faits(self) -> list[StockChange]:
        """The balances that changed since they were locked."""
        return [s.contrat() for cle, s in self._par_cle.items() if self._avant[cle] != (s.physique, s.reserve)]

    def annoncer(self, tx: Transaction) -> None:
        """Publish the balances that changed, once, at the end of the work."""
        for fait in self.faits():
            tx.publish(fait)


async def verrouiller(tx: Transaction, produit_ids: Iterable[UUID]) -> Stocks:
    """Lock the balances of these products in every depot, by (product, depot): the first lock of any movement.

    Missing rows are made, so that two transactions about one product always meet here, even with nothing in stock.
    """
    ids = sorted(set(produit_ids))
    en_service = await depots.tous(tx)
    cles = [(produit_id, depot_id) for produit_id in ids for depot_id in sorted(d.id for d in en_service)]
    if not cles:
        return Stocks([], en_service)
    lignes = await _verrouiller(tx, ids)
    if not {(s.produit_id, s.depot_id) for s in lignes}.issuperset(cles):
        zero = Decimal(0)
        neuves = [{"produit_id": p, "depot_id": d, "physique": zero, "reserve": zero} for p, d in cles]
        await tx.execute(insert(Stock).values(neuves).on_conflict_do_nothing())
        lignes = await _verrouiller(tx, ids)
    return Stocks(lignes, en_service)


async def _verrouiller(tx: Transaction, ids: Sequence[UUID]) -> list[Stock]:
    requete = (
        select(Stock)
        .where(Stock.produit_id.in_(ids))
        .order_by(Stock.produit_id, Stock.depot_id)
        .options(joinedload(Stock.depot))
        .with_for_update(of=Stock)
        .execution_options(populate_existing=True)
    )
    return list(await tx.scalars(requete))
