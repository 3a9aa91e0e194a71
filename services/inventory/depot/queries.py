"""Lists about depots."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.inventory.depot.models import Depot
from services.inventory.depot.schemas import VueDepot


async def lister(session: AsyncSession) -> list[VueDepot]:
    """Every depot and its places (a company has a few agencies)."""
    requete = select(Depot).options(selectinload(Depot.emplacements)).order_by(Depot.code, Depot.id)
    return [VueDepot.model_validate(d) for d in await session.scalars(requete)]
