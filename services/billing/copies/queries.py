"""The parties of a document, as last told."""

from uuid import UUID

from sqlalchemy import select

from services.billing.copies.models import CopieSociete, CopieTiers
from services.billing.errors import SocieteNonRenseignee
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.database.transaction import Transaction


async def fiche_tiers(tx: Transaction, tiers_id: UUID) -> FicheTiers | None:
    """The tiers, or None when contacts never told."""
    copie = await tx.get(CopieTiers, tiers_id)
    return FicheTiers.model_validate(copie.fiche) if copie else None


async def societe(tx: Transaction) -> SocieteModifiee:
    """Who we are; refuses to invoice in nobody's name."""
    donnees = await tx.scalar(select(CopieSociete.donnees).order_by(CopieSociete.seq.desc()).limit(1))
    if donnees is None:
        raise SocieteNonRenseignee
    return SocieteModifiee.model_validate(donnees)
