"""Loads and locks affaires."""

from uuid import UUID

from sqlalchemy import select

from services.commercial.affaire.models import Affaire
from services.commercial.errors import AffaireInconnue
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, affaire_id: UUID) -> Affaire:
    """The affaire, locked until the transaction ends."""
    affaire = await tx.get(Affaire, affaire_id, with_for_update=True)
    if affaire is None:
        raise AffaireInconnue
    return affaire


async def par_code(tx: Transaction, code: str) -> Affaire | None:
    """The affaire holding a code, if any."""
    return (await tx.scalars(select(Affaire).where(Affaire.code == code))).one_or_none()
