"""Loads and locks whole orders."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.purchasing.commande.models import Commande, LigneCommande
from services.purchasing.errors import CommandeInconnue
from shared.database.transaction import Transaction

ENTIERE = (selectinload(Commande.lignes).selectinload(LigneCommande.parts),)


async def get_for_update(tx: Transaction, commande_id: UUID) -> Commande:
    """The order, locked until the transaction ends."""
    return (await plusieurs_for_update(tx, [commande_id]))[0]


async def plusieurs_for_update(tx: Transaction, commande_ids: Iterable[UUID]) -> list[Commande]:
    """These orders, locked in a fixed order."""
    voulues = set(commande_ids)
    requete = (
        select(Commande)
        .where(Commande.id.in_(voulues))
        .order_by(Commande.id)
        .options(*ENTIERE)
        .with_for_update(of=Commande)
        .execution_options(populate_existing=True)
    )
    trouvees = list(await tx.scalars(requete))
    if len(trouvees) != len(voulues):
        raise CommandeInconnue
    return trouvees
