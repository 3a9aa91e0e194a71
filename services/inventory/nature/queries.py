"""The list of natures."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.nature.models import NatureStock
from services.inventory.nature.schemas import VueNature


async def lister(session: AsyncSession) -> list[VueNature]:
    """Every nature, in the sequence people gave (a company has a few)."""
    return [VueNature.model_validate(n) for n in await session.scalars(select(NatureStock).order_by(NatureStock.rang))]
