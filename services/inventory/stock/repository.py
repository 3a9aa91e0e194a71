"""Locks balances, always in the same sequence, and remembers which ones changed."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from services.inventory.depot import repository as depots
from services.inventory.depot.models import Depot
from services.inventory.errors import DepotInconnu
from services.inventory.nature.rules import SOCLE
from services.inventory.produit.models import Produit
from services.inventory.stock.models import Stock
from shared.contracts.inventory import StockChange
from shared.database.rows import add_missing
from shared.database.statements import among
from shared.database.transaction import Transaction

ZERO = Decimal(0)
VERROUILLER = (
    select(Stock)
    .where(among(Stock.produit_id, "ids"))
    .order_by(Stock.produit_id, Stock.depot_id, Stock.nature)
    .options(joinedload(Stock.depot))
    .with_for_update(of=Stock)
    .execution_options(populate_existing=True)
)


class Stocks:
    """The locked balances of some products in every depot in use, nature by nature."""

    def __init__(self, tx: Transaction, lignes: Sequence[Stock], en_service: Sequence[Depot]) -> None:
        self._tx = tx
        self._par_cle = {(s.produit_id, s.depot_id, s.nature): s for s in lignes}
        self._avant = {cle: (s.physique, s.reserve) for cle, s in self._par_cle.items()}
        self._produits = {s.produit_id for s in lignes}
        self.depots = list(en_service)

    def de(self, produit_id: UUID, depot_id: UUID, nature: str) -> Stock:
        """The balance of a product in a depot; DepotInconnu when the depot is no longer in use.

        A nature met for the first time gets its row: that of the nature everybody locks is held, nobody else makes it.
        """
        trouve = self._par_cle.get((produit_id, depot_id, nature))
        if trouve is not None:
            return trouve
        socle = self._par_cle.get((produit_id, depot_id, SOCLE))
        if socle is None:
            raise DepotInconnu
        neuve = Stock(produit_id=produit_id, depot_id=depot_id, nature=nature, physique=ZERO, reserve=ZERO)
        neuve.depot = socle.depot
        self._tx.add(neuve)
        self._par_cle[produit_id, depot_id, nature] = neuve
        self._avant[produit_id, depot_id, nature] = (ZERO, ZERO)
        return neuve

    def de_produit(self, produit_id: UUID, nature: str, *, depuis: UUID | None = None) -> list[Stock]:
        """The balances of a product in one nature: the depot `depuis` first, then the others by code."""
        ids = sorted((d.id for d in self.depots), key=lambda depot_id: depot_id != depuis)
        cles = [(produit_id, depot_id, nature) for depot_id in ids]
        return [self._par_cle[cle] for cle in cles if cle in self._par_cle]

    def connait(self, produit_id: UUID) -> bool:
        """Whether the balances of a product are locked here."""
        return produit_id in self._produits

    def physiques(self) -> dict[tuple[UUID, UUID, str], Decimal]:
        """What each (product, depot, nature) holds, kept for somebody or not."""
        return {cle: s.physique for cle, s in self._par_cle.items()}

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
    """Lock the balances of these products in every depot, by (product, depot, nature): the first lock of any movement.

    Missing rows are made, so that two transactions about one product always meet here, even with nothing in stock. An
    id that is no product gets none: its balances are empty.
    """
    ids = sorted(set(produit_ids))
    en_service = await depots.tous(tx)
    cles = [(produit_id, depot_id) for produit_id in ids for depot_id in sorted(d.id for d in en_service)]
    if not cles:
        return Stocks(tx, [], en_service)
    lignes = await _verrouiller(tx, ids)
    if not {(s.produit_id, s.depot_id) for s in lignes if s.nature == SOCLE}.issuperset(cles):
        base = {"nature": SOCLE, "physique": ZERO, "reserve": ZERO}
        connus = set(await tx.scalars(select(Produit.id).where(Produit.id.in_(ids))))
        neuves = [{"produit_id": p, "depot_id": d, **base} for p, d in cles if p in connus]
        await add_missing(tx, Stock, neuves)
        lignes = await _verrouiller(tx, ids)
    return Stocks(tx, lignes, en_service)


async def _verrouiller(tx: Transaction, ids: Sequence[UUID]) -> list[Stock]:
    return list(await tx.scalars(VERROUILLER, {"ids": list(ids)}))
