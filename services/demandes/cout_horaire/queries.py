"""The hourly costs of the company, and that of a person."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.copies import queries as copies
from services.demandes.cout_horaire.models import CoutHoraire
from services.demandes.cout_horaire.schemas import VueCout, VueCouts


async def lister(session: AsyncSession) -> VueCouts:
    """Everybody's, known or not."""
    couts = {c.collaborateur_id: c.cout_ht for c in await session.scalars(select(CoutHoraire))}
    return VueCouts(
        defaut_ht=couts.get(None),
        collaborateurs=[
            VueCout(collaborateur_id=c.collaborateur_id, nom=c.nom, cout_ht=couts.get(c.collaborateur_id))
            for c in await copies.collaborateurs(session)
        ],
    )


async def de(session: AsyncSession, collaborateur_id: UUID | None) -> Decimal | None:
    """What an hour of somebody costs now: their own cost, else that of everybody; None when nobody said."""
    sien = or_(CoutHoraire.collaborateur_id == collaborateur_id, CoutHoraire.collaborateur_id.is_(None))
    requete = select(CoutHoraire.cout_ht).where(sien).order_by(CoutHoraire.collaborateur_id.is_(None)).limit(1)
    cout: Decimal | None = await session.scalar(requete)
    return cout
