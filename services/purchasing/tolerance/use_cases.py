"""Setting the tolerance of a supplier."""

from uuid import UUID

from sqlalchemy import select

from services.purchasing.copies import queries as copies
from services.purchasing.errors import FournisseurInconnu
from services.purchasing.tolerance.models import ToleranceFournisseur
from services.purchasing.tolerance.schemas import SaisieTolerance
from shared.database.transaction import Transaction


async def fixer(tx: Transaction, fournisseur_id: UUID, saisie: SaisieTolerance) -> None:
    """Say how far a supplier may be from its orders; the audit keeps what was said before."""
    if await copies.fournisseur(tx.session, fournisseur_id) is None:
        raise FournisseurInconnu
    requete = select(ToleranceFournisseur).where(ToleranceFournisseur.fournisseur_id == fournisseur_id)
    connue = (await tx.scalars(requete.with_for_update())).one_or_none()
    if connue is None:
        tx.add(ToleranceFournisseur(fournisseur_id=fournisseur_id, **saisie.model_dump()))
    else:
        connue.quantite_pct, connue.prix_pct, connue.au_dela = saisie.quantite_pct, saisie.prix_pct, saisie.au_dela
    await tx.flush()
