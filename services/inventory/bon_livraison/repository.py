"""Which objects are already out, and those given back."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from services.inventory.bon_livraison.models import LigneLivree
from shared.database.transaction import Transaction


async def dehors(tx: Transaction, historique_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these objects that a bon already says delivered; lock their feuille before."""
    requete = select(LigneLivree.historique_id).where(
        LigneLivree.historique_id.in_(set(historique_ids)), LigneLivree.rendue_le.is_(None)
    )
    return set(await tx.scalars(requete))


async def rendre(tx: Transaction, historique_id: UUID) -> None:
    """The whole object came back from the client, or left it for its supplier."""
    await tx.execute(
        update(LigneLivree)
        .where(LigneLivree.historique_id == historique_id, LigneLivree.rendue_le.is_(None))
        .values(rendue_le=tx.now)
    )
