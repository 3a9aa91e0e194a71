"""Loads and locks whole negociations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectinload

from services.purchasing.errors import NegociationInconnue
from services.purchasing.negociation.models import Negociation
from services.purchasing.negociation.rules import EtatNegociation
from shared.database.transaction import Transaction

ENTIERE = (selectinload(Negociation.parts),)


async def get_for_update(tx: Transaction, negociation_id: UUID) -> Negociation:
    """The negociation, locked until the transaction ends."""
    return (await plusieurs_for_update(tx, [negociation_id]))[0]


async def plusieurs_for_update(tx: Transaction, negociation_ids: Sequence[UUID]) -> list[Negociation]:
    """These negociations, locked in a fixed order and given in the order asked."""
    trouvees = {n.id: n for n in await tx.scalars(_verrouillees(Negociation.id.in_(negociation_ids)))}
    if len(trouvees) != len(set(negociation_ids)):
        raise NegociationInconnue
    return [trouvees[negociation_id] for negociation_id in dict.fromkeys(negociation_ids)]


async def ecartees_for_update(tx: Transaction, commande_id: UUID) -> list[Negociation]:
    """The offers turned down for an order, locked."""
    ecartee = Negociation.etat == EtatNegociation.NON_RETENUE
    return list(await tx.scalars(_verrouillees(Negociation.retenue_ailleurs_id == commande_id, ecartee)))


async def ouvertes_for_update(tx: Transaction, fournisseur_id: UUID) -> list[Negociation]:
    """What is still being asked from a supplier, locked."""
    ouverte = Negociation.etat == EtatNegociation.OUVERTE
    return list(await tx.scalars(_verrouillees(Negociation.fournisseur_id == fournisseur_id, ouverte)))


def _verrouillees(*lesquelles: ColumnElement[bool]) -> Select[Negociation]:
    """Whole, and always locked in the same order."""
    requete = select(Negociation).where(*lesquelles).order_by(Negociation.id).options(*ENTIERE)
    return requete.with_for_update(of=Negociation)
