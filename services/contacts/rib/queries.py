"""The accounts of a tiers."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.contacts.rib.models import Rib
from services.contacts.rib.schemas import VueRib
from services.contacts.tiers.models import Tiers


async def lister(session: AsyncSession, tiers_id: UUID) -> list[VueRib]:
    """In the sequence they were written; each with the other contacts that have the same."""
    autre = aliased(Rib)
    noms = (
        select(func.coalesce(func.array_agg(Tiers.nom), []))
        .join(autre, autre.proprietaire_id == Tiers.id)
        .where(autre.iban == Rib.iban, autre.proprietaire_id != tiers_id, Tiers.absorbe_par_id.is_(None))
        .scalar_subquery()
    )
    lus = await session.execute(select(Rib, noms).where(Rib.proprietaire_id == tiers_id).order_by(Rib.id))
    propres = ("id", "version", "titulaire", "iban", "bic")
    return [
        VueRib.model_validate({champ: getattr(rib, champ) for champ in propres} | {"aussi_chez": sorted(ailleurs)})
        for rib, ailleurs in lus
    ]
