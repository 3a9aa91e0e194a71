"""Who follows a demande."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.abonnement.models import Abonnement
from services.demandes.abonnement.schemas import VueAbonnement
from services.demandes.copies import queries as copies
from services.demandes.copies.models import CopieCollaborateur
from shared.kernel.actor import Actor


async def de(session: AsyncSession, demande_id: UUID, actor: Actor) -> VueAbonnement:
    """The followers by name, and whether `actor` is one of them."""
    moi, _ = await copies.moi(session, actor)
    lignes = await session.execute(
        select(Abonnement.collaborateur_id, func.coalesce(CopieCollaborateur.nom, ""))
        .outerjoin(CopieCollaborateur, CopieCollaborateur.collaborateur_id == Abonnement.collaborateur_id)
        .where(Abonnement.demande_id == demande_id)
        .order_by(CopieCollaborateur.nom)
    )
    noms = {ligne[0]: ligne[1] for ligne in lignes}
    return VueAbonnement(est_suivie=moi in noms, abonnes=[nom for nom in noms.values() if nom])
