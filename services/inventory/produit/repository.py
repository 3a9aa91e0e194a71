"""Loads, locks and finds whole products."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from services.inventory.errors import ProduitInconnu
from services.inventory.produit.models import Produit
from shared.database.transaction import Transaction

ENTIER = (joinedload(Produit.type), selectinload(Produit.fournisseurs))


async def get_for_update(tx: Transaction, produit_id: UUID) -> Produit:
    """The product, locked until the transaction ends."""
    requete = select(Produit).where(Produit.id == produit_id).options(*ENTIER).with_for_update(of=Produit)
    trouve: Produit | None = (await tx.scalars(requete)).one_or_none()
    if trouve is None:
        raise ProduitInconnu
    return trouve


async def plusieurs(tx: Transaction, produit_ids: Iterable[UUID]) -> dict[UUID, Produit]:
    """The products of these ids that exist, with their types."""
    ids = set(produit_ids)
    requete = select(Produit).where(Produit.id.in_(ids)).options(joinedload(Produit.type))
    return {p.id: p for p in await tx.scalars(requete)}


async def un(tx: Transaction, produit_id: UUID) -> Produit:
    """One product with its type; ProduitInconnu."""
    trouves = await plusieurs(tx, [produit_id])
    if produit_id not in trouves:
        raise ProduitInconnu
    return trouves[produit_id]


async def par_reference(tx: Transaction, reference: str) -> Produit | None:
    """The product holding a reference, if any."""
    trouve: Produit | None = (await tx.scalars(select(Produit).where(Produit.reference == reference))).one_or_none()
    return trouve
