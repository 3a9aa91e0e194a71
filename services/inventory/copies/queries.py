"""What screens and labels read from the copies."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.copies.models import CopieSociete, CopieTiers
from shared.contracts.contacts import FicheTiers, SocieteModifiee


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


async def identite(session: AsyncSession) -> SocieteModifiee | None:
    """The company as documents print it."""
    connue = await societe(session)
    return None if connue is None or connue.identite is None else SocieteModifiee.model_validate(connue.identite)


async def fiche_tiers(session: AsyncSession, tiers_id: UUID) -> FicheTiers | None:
    """A tiers as documents print it."""
    connu = await session.get(CopieTiers, tiers_id)
    return None if connu is None or connu.fiche is None else FicheTiers.model_validate(connu.fiche)
