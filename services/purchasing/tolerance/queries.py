"""The tolerance of a supplier."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.tolerance.models import ToleranceFournisseur
from services.purchasing.tolerance.rules import Tolerance


async def de(session: AsyncSession, fournisseur_id: UUID) -> Tolerance:
    """What a supplier may deliver or bill beyond its orders."""
    requete = select(ToleranceFournisseur).where(ToleranceFournisseur.fournisseur_id == fournisseur_id)
    connue = (await session.scalars(requete)).one_or_none()
    return connue.regle if connue is not None else Tolerance()
