"""The parties, as last told."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.maintenance.copies.models import CopieCollaborateur, CopieSociete, CopieTiers
from services.maintenance.errors import SocieteNonRenseignee, TiersNonIdentifie
from shared.contracts.contacts import FicheTiers, SocieteModifiee


async def fiche_tiers(session: AsyncSession, tiers_id: UUID) -> FicheTiers | None:
    """The tiers, or None when contacts never told."""
    copie = await session.get(CopieTiers, tiers_id)
    return FicheTiers.model_validate(copie.fiche) if copie else None


async def nom_tiers(session: AsyncSession, tiers_id: UUID) -> str:
    """The name of a client something new is about to be attached to; refuses an unknown one."""
    copie = await session.get(CopieTiers, tiers_id)
    if copie is None:
        raise TiersNonIdentifie
    return copie.nom


async def societe(session: AsyncSession) -> SocieteModifiee:
    """Who we are; refuses to print or write in nobody's name."""
    donnees = await session.scalar(select(CopieSociete.donnees).order_by(CopieSociete.seq.desc()).limit(1))
    if donnees is None:
        raise SocieteNonRenseignee
    return SocieteModifiee.model_validate(donnees)


async def noms_collaborateurs(session: AsyncSession, ids: Iterable[UUID]) -> list[str]:
    """Their names, those that are known, in alphabetical order."""
    requete = select(CopieCollaborateur.nom).where(CopieCollaborateur.collaborateur_id.in_(list(ids)))
    return sorted(await session.scalars(requete))
