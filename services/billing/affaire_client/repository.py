"""Loads, locks and adds whole affaires client."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.affaire_client.models import AffaireClient, LigneAffaire
from services.billing.errors import AffaireClientInconnue
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, affaire_client_id: UUID) -> AffaireClient:
    """The affaire client, locked until the transaction ends."""
    requete = (
        select(AffaireClient)
        .where(AffaireClient.id == affaire_client_id)
        .options(selectinload(AffaireClient.lignes))
        .with_for_update(of=AffaireClient)
    )
    affaire: AffaireClient | None = (await tx.scalars(requete)).one_or_none()
    if affaire is None:
        raise AffaireClientInconnue
    return affaire


async def par_cle(tx: Transaction, cle: str) -> AffaireClient | None:
    """The affaire client that bills `cle`, locked, if it exists."""
    requete = (
        select(AffaireClient)
        .where(AffaireClient.cle == cle)
        .options(selectinload(AffaireClient.lignes))
        .with_for_update(of=AffaireClient)
    )
    affaire: AffaireClient | None = (await tx.scalars(requete)).one_or_none()
    return affaire


async def par_temps(tx: Transaction, temps_id: UUID) -> AffaireClient | None:
    """The affaire client one of whose lines bills that time, locked, if it exists."""
    siennes = select(LigneAffaire.affaire_client_id).where(LigneAffaire.temps_id == temps_id).limit(1)
    affaire_id: UUID | None = await tx.scalar(siennes)
    return await get_for_update(tx, affaire_id) if affaire_id else None
