"""The thresholds of the company, and that of a person."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.copies import queries as copies
from services.purchasing.seuil import rules
from services.purchasing.seuil.models import SeuilCommande
from services.purchasing.seuil.schemas import VueSeuil
from shared.kernel.actor import Actor

APPROUVER = "commande.approuver"


async def lister(session: AsyncSession) -> list[VueSeuil]:
    """Every limit, by role."""
    requete = select(SeuilCommande).order_by(SeuilCommande.role)
    return [VueSeuil.model_validate(s) for s in await session.scalars(requete)]


async def limite_de(session: AsyncSession, actor: Actor) -> Decimal | None:
    """The largest order `actor` places alone; who may approve is not limited."""
    if actor.may(APPROUVER):
        return None
    lignes = await session.scalars(select(SeuilCommande))
    seuils = {seuil.role: seuil.montant_ht for seuil in lignes}
    if not seuils:
        return None
    return rules.limite(seuils, await copies.roles(session, actor.id))
