"""Loads and locks supplier invoices."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.errors import AffaireFournisseurInconnue
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, achat_id: UUID) -> AffaireFournisseur:
    """The supplier invoice with its lines, locked until the transaction ends."""
    requete = (
        select(AffaireFournisseur)
        .where(AffaireFournisseur.id == achat_id)
        .options(selectinload(AffaireFournisseur.lignes))
        .with_for_update(of=AffaireFournisseur)
    )
    achat: AffaireFournisseur | None = (await tx.scalars(requete)).one_or_none()
    if achat is None:
        raise AffaireFournisseurInconnue
    return achat
