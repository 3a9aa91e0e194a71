"""Loads and finds depots."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from services.inventory.depot.models import Depot
from services.inventory.errors import DepotInconnu
from shared.database.transaction import Transaction

DE_L_AGENCE = select(Depot).where(Depot.agence_id == bindparam("agence_id"))
EN_SERVICE = select(Depot).where(Depot.est_actif).order_by(Depot.code, Depot.id)


async def tous(tx: Transaction) -> list[Depot]:
    """Every depot in use, by code: the fixed sequence in which stock is looked for."""
    return list(await tx.scalars(EN_SERVICE))


async def de_l_agence(tx: Transaction, agence_id: UUID) -> Depot | None:
    """The depot of an agency, if we heard of it."""
    trouve: Depot | None = (await tx.scalars(DE_L_AGENCE, {"agence_id": agence_id})).one_or_none()
    return trouve


async def un(tx: Transaction, depot_id: UUID) -> Depot:
    """One depot; DepotInconnu."""
    trouve = await tx.get(Depot, depot_id)
    if trouve is None:
        raise DepotInconnu
    return trouve


async def get_for_update(tx: Transaction, depot_id: UUID) -> Depot:
    """The depot and its places, locked until the transaction ends."""
    requete = select(Depot).where(Depot.id == depot_id).options(selectinload(Depot.emplacements)).with_for_update()
    trouve: Depot | None = (await tx.scalars(requete)).one_or_none()
    if trouve is None:
        raise DepotInconnu
    return trouve
