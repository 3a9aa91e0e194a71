"""Loads and locks visits."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.maintenance.errors import VisiteInconnue
from services.maintenance.visite.models import Visite
from services.maintenance.visite.rules import EtatVisite
from shared.database.transaction import Transaction

ENTIERE = (selectinload(Visite.releves),)


async def get_for_update(tx: Transaction, visite_id: UUID) -> Visite:
    """The visit with its readings, locked until the transaction ends."""
    requete = select(Visite).where(Visite.id == visite_id).options(*ENTIERE).with_for_update(of=Visite)
    visite: Visite | None = (await tx.scalars(requete)).one_or_none()
    if visite is None:
        raise VisiteInconnue
    return visite


async def trouver(tx: Transaction, visite_id: UUID) -> Visite | None:
    """The visit, locked, if it exists."""
    return await tx.get(Visite, visite_id, with_for_update=True)


async def de_la_demande(tx: Transaction, demande_id: UUID) -> Visite | None:
    """The visit a demande was opened for."""
    return (await tx.scalars(select(Visite).where(Visite.demande_id == demande_id).with_for_update())).one_or_none()


async def du_contrat(tx: Transaction, contrat_id: UUID) -> Sequence[Visite]:
    """Every visit of a contract, locked, oldest first."""
    requete = select(Visite).where(Visite.contrat_id == contrat_id).order_by(Visite.date_prevue)
    return (await tx.scalars(requete.with_for_update())).all()


async def dues(tx: Transaction, jusqu_au: date, limite: int) -> Sequence[Visite]:
    """Scheduled visits to announce; those another worker is announcing are left to it."""
    requete = (
        select(Visite)
        .where(Visite.etat == EtatVisite.PROGRAMMEE, Visite.date_prevue <= jusqu_au)
        .order_by(Visite.date_prevue, Visite.id)
        .limit(limite)
        .with_for_update(skip_locked=True)
    )
    return (await tx.scalars(requete)).all()
