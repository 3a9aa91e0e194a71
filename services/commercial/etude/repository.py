"""Loads and locks etudes."""

from uuid import UUID

from services.commercial.errors import EtudeInconnue
from services.commercial.etude.models import Etude
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, etude_id: UUID) -> Etude:
    """The etude, locked until the transaction ends: its propositions get their ranks one after the other."""
    etude = await tx.get(Etude, etude_id, with_for_update=True)
    if etude is None:
        raise EtudeInconnue
    return etude
