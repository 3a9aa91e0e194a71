"""Loads, locks and adds whole tiers."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.contacts.errors import TiersInconnu
from services.contacts.tiers.models import Tiers
from shared.database.transaction import Transaction

ENTIER = (selectinload(Tiers.adresses), selectinload(Tiers.interlocuteurs), selectinload(Tiers.sites))


async def get_for_update(tx: Transaction, tiers_id: UUID) -> Tiers:
    """The tiers, locked until the transaction ends."""
    requete = select(Tiers).where(Tiers.id == tiers_id).options(*ENTIER).with_for_update(of=Tiers)
    tiers = (await tx.session.scalars(requete)).one_or_none()
    if tiers is None:
        raise TiersInconnu
    return tiers


async def par_siret(tx: Transaction, siret: str) -> Tiers | None:
    """The tiers holding a SIRET, if any."""
    return (await tx.session.scalars(select(Tiers).where(Tiers.siret == siret))).one_or_none()


async def texte_cherche(tx: Transaction, tiers_id: UUID) -> str:
    """The words a search may hit; empty when the tiers is gone."""
    requete = select(Tiers.recherche_texte).where(Tiers.id == tiers_id)
    return (await tx.scalar(requete)) or ""
