"""What screens and labels read from the copies."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.copies.models import CopieSociete, CopieTiers


async def noms(session: AsyncSession, tiers_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names known of these tiers."""
    ids = set(tiers_ids)
    if not ids:
        return {}
    lignes = await session.execute(select(CopieTiers.tiers_id, CopieTiers.nom).where(CopieTiers.tiers_id.in_(ids)))
    return {ligne.tiers_id: ligne.nom for ligne in lignes}


async def societe(session: AsyncSession) -> CopieSociete | None:
    """The company, when we heard of it."""
    return (await session.scalars(select(CopieSociete).limit(1))).one_or_none()
