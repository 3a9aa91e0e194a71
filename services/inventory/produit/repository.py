"""Loads, locks and finds whole products."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import column, select, table, text
from sqlalchemy.orm import joinedload, selectinload

from services.inventory.errors import ProduitInconnu
from services.inventory.produit.models import Produit
from shared.database.statements import among, once
from shared.database.transaction import Transaction

STOCK = table("stock", column("produit_id"), column("physique"))
ENTIER = (joinedload(Produit.type), selectinload(Produit.fournisseurs))
STOCKABLES = once(select(Produit.id, Produit.est_stockable).where(among(Produit.id, "ids")))
PLUSIEURS = select(Produit).where(among(Produit.id, "ids")).options(joinedload(Produit.type))


async def get_for_update(tx: Transaction, produit_id: UUID) -> Produit:
    """The product, locked until the transaction ends."""
    trouve = await trouver_for_update(tx, produit_id)
    if trouve is None:
        raise ProduitInconnu
    return trouve


async def trouver_for_update(tx: Transaction, produit_id: UUID) -> Produit | None:
    """The product, locked, or nothing."""
    requete = select(Produit).where(Produit.id == produit_id).options(*ENTIER).with_for_update(of=Produit)
    trouve: Produit | None = (await tx.scalars(requete)).one_or_none()
    return trouve


async def reference_libre(tx: Transaction, voulue: str) -> str:
    """That reference, or the first of its kind nobody holds: « REF », « REF-2 »…"""
    candidates = [voulue, *(f"{voulue}-{rang}" for rang in range(2, 100))]
    prises = set(await tx.scalars(select(Produit.reference).where(Produit.reference.in_(candidates))))
    return next(candidate for candidate in candidates if candidate not in prises)


async def plusieurs(tx: Transaction, produit_ids: Iterable[UUID]) -> dict[UUID, Produit]:
    """The products of these ids that exist, with their types."""
    return {p.id: p for p in await tx.scalars(PLUSIEURS, {"ids": list(set(produit_ids))})}


async def stockables(tx: Transaction, produit_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Those of these ids that exist, and whether each is kept in stock."""
    lus = await tx.execute(STOCKABLES, {"ids": list(set(produit_ids))})
    return {lu.id: lu.est_stockable for lu in lus}


async def un(tx: Transaction, produit_id: UUID) -> Produit:
    """One product with its type; ProduitInconnu."""
    trouves = await plusieurs(tx, [produit_id])
    if produit_id not in trouves:
        raise ProduitInconnu
    return trouves[produit_id]


async def kits_avec(tx: Transaction, produit_id: UUID) -> list[str]:
    """The designations of the kits that hold a product, a few of them."""
    contient = Produit.composants.contains([{"produit_id": str(produit_id)}])
    requete = select(Produit.designation).where(text("composants <> '[]'::jsonb"), contient).limit(3)
    return list(await tx.scalars(requete))


async def est_en_stock(tx: Transaction, produit_id: UUID) -> bool:
    """Whether some of it is anywhere."""
    requete = select(STOCK.c.produit_id).where(STOCK.c.produit_id == produit_id, STOCK.c.physique != 0).limit(1)
    return await tx.scalar(requete) is not None


async def par_reference(tx: Transaction, reference: str) -> Produit | None:
    """The product holding a reference, if any."""
    trouve: Produit | None = (await tx.scalars(select(Produit).where(Produit.reference == reference))).one_or_none()
    return trouve
