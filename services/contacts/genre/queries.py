"""The kinds of tiers, as forms and lists need them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.genre import rules
from services.contacts.genre.models import GenreTiers


async def lister(session: AsyncSession) -> Sequence[GenreTiers]:
    """Every kind, the fixed ones first."""
    return (await session.scalars(select(GenreTiers).order_by(GenreTiers.rang, GenreTiers.libelle))).all()


async def par_mot(session: AsyncSession) -> dict[str, str]:
    """The code of a kind by what a file may call it: its label or its code."""
    genres = await lister(session)
    return {rules.code(g.libelle): g.code for g in genres} | {g.code: g.code for g in genres}


async def libelles(session: AsyncSession) -> dict[str, str]:
    """The label of each code."""
    return {g.code: g.libelle for g in await lister(session)}
