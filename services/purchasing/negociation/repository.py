"""Loads and locks whole negociations."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
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
    trouvees = await ensemble_for_update(tx, negociation_ids)
    return [trouvees[negociation_id] for negociation_id in dict.fromkeys(negociation_ids)]


async def ensemble_for_update(
    tx: Transaction, negociation_ids: Collection[UUID], *aussi: ColumnElement[bool]
) -> dict[UUID, Negociation]:
    """These negociations and all that meet one of `aussi`, locked in one statement.

    Whoever needs several lots of them takes them here at once: two orders that name each other's offers would else hold
    one and wait for the other.
    """
    trouvees = {n.id: n for n in await tx.scalars(_verrouillees(or_(Negociation.id.in_(negociation_ids), *aussi)))}
    if not trouvees.keys() >= set(negociation_ids):
        raise NegociationInconnue
    return trouvees


def ecartees_pour(commande_id: UUID) -> ColumnElement[bool]:
    """The offers turned down for an order."""
    return and_(Negociation.retenue_ailleurs_id == commande_id, Negociation.etat == EtatNegociation.NON_RETENUE)


def ouvertes_chez(fournisseur_id: UUID) -> ColumnElement[bool]:
    """What is still being asked from a supplier."""
    return and_(Negociation.fournisseur_id == fournisseur_id, Negociation.etat == EtatNegociation.OUVERTE)


def _verrouillees(*lesquelles: ColumnElement[bool]) -> Select[Negociation]:
    """Whole, and always locked in the same order."""
    requete = select(Negociation).where(*lesquelles).order_by(Negociation.id).options(*ENTIERE)
    return requete.with_for_update(of=Negociation)
