"""Loads, locks and finds product types."""

from uuid import UUID

from sqlalchemy import select

from services.inventory.errors import TypeProduitInconnu
from services.inventory.type_produit.models import TypeProduit
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, type_id: UUID) -> TypeProduit:
    """The type, locked until the transaction ends."""
    requete = select(TypeProduit).where(TypeProduit.id == type_id).with_for_update()
    trouve: TypeProduit | None = (await tx.scalars(requete)).one_or_none()
    if trouve is None:
        raise TypeProduitInconnu
    return trouve


async def par_code(tx: Transaction, code: str) -> TypeProduit | None:
    """The type holding a code, if any."""
    trouve: TypeProduit | None = (await tx.scalars(select(TypeProduit).where(TypeProduit.code == code))).one_or_none()
    return trouve
