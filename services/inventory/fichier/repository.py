"""Finds the photos of an operation."""

from uuid import UUID

from sqlalchemy import func, select

from services.inventory.fichier.models import FichierHistorique
from shared.database.transaction import Transaction


async def photos_presentes(tx: Transaction, historique_id: UUID, operation: str) -> int:
    """How many photos show that operation on that object; one whose name another file took is still there."""
    siennes = (FichierHistorique.proprietaire_id == historique_id, FichierHistorique.operation == operation)
    return await tx.scalar(select(func.count()).where(*siennes, FichierHistorique.retire_le.is_(None))) or 0


async def photos_prises(tx: Transaction, historique_id: UUID, operation: str) -> int:
    """How many photos of that operation were ever taken, those taken off included: what names the next one."""
    siennes = (FichierHistorique.proprietaire_id == historique_id, FichierHistorique.operation == operation)
    return await tx.scalar(select(func.count()).where(*siennes)) or 0
