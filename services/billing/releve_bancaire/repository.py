"""Loads and locks operations and the invoices they may settle."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from services.billing.errors import FactureInconnue, OperationInconnue
from services.billing.facture.models import Facture, Reglement
from services.billing.releve_bancaire.models import OperationBancaire
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, operation_id: UUID) -> OperationBancaire:
    """The operation, locked until the transaction ends."""
    operation = await tx.get(OperationBancaire, operation_id, with_for_update=True)
    if operation is None:
        raise OperationInconnue
    return operation


async def deja_connues(tx: Transaction, cles: Collection[str]) -> set[str]:
    """Those of `cles` another file already brought."""
    return set(await tx.scalars(select(OperationBancaire.cle).where(OperationBancaire.cle.in_(cles))))


async def factures_citees(tx: Transaction, numeros: Collection[str]) -> dict[str, Facture]:
    """The invoices of these numbers, locked in one order, by number."""
    return {f.numero: f for f in await _factures(tx, Facture.numero.in_(numeros))} if numeros else {}


async def factures_choisies(tx: Transaction, ids: Sequence[UUID]) -> list[Facture]:
    """The invoices chosen, locked in one order and given back in the order asked."""
    trouvees = {f.id: f for f in await _factures(tx, Facture.id.in_(ids))}
    if len(trouvees) != len(set(ids)):
        raise FactureInconnue
    return [trouvees[id_] for id_ in dict.fromkeys(ids)]


async def reglements_sans_operation(tx: Transaction, factures: Collection[UUID]) -> list[Reglement]:
    """Payments somebody recorded before the statement came, the oldest first."""
    requete = select(Reglement).where(Reglement.facture_id.in_(factures), Reglement.operation_id.is_(None))
    return list(await tx.scalars(requete.order_by(Reglement.recu_le, Reglement.id))) if factures else []


async def _factures(tx: Transaction, condition: ColumnElement[bool]) -> Sequence[Facture]:
    requete = select(Facture).where(condition, Facture.nature != "avoir").order_by(Facture.id).with_for_update()
    return (await tx.scalars(requete)).all()
