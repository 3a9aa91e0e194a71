"""The parts used on a demande."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.consommation.models import Consommation
from services.inventory.consommation.schemas import VueConsommation
from shared.web.paging import Cle, Page, paginer


async def lister(session: AsyncSession, demande_id: UUID, *, limite: int, curseur: str | None) -> Page[VueConsommation]:
    """The latest first, cancelled ones included: they say so."""
    requete = select(Consommation).where(Consommation.demande_id == demande_id)
    cles = [Cle(Consommation.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[VueConsommation.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)
