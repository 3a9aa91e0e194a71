"""Loads, locks and finds invoices."""

from uuid import UUID

from sqlalchemy import bindparam, func, select

from services.billing.errors import FactureInconnue
from services.billing.facture.models import Facture
from shared.database.etendue import HORS_ETENDUE
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO

PREMIER_MAILLON = "0" * 64
MAILLON = once(select(Facture.empreinte).where(Facture.rang == bindparam("rang")).execution_options(**HORS_ETENDUE))


async def get_for_update(tx: Transaction, facture_id: UUID) -> Facture:
    """The invoice, locked until the transaction ends."""
    facture = await tx.get(Facture, facture_id, with_for_update=True)
    if facture is None:
        raise FactureInconnue
    return facture


async def dernier_maillon(tx: Transaction, rang: int) -> str:
    """The link before `rang`, or the first one."""
    empreinte: str | None = await tx.scalar(MAILLON, {"rang": rang - 1})
    return empreinte or PREMIER_MAILLON


async def total_credite(tx: Transaction, facture_id: UUID) -> object:
    """What avoirs already took from an invoice (negative), euros TTC."""
    somme = func.coalesce(func.sum(Facture.total_ttc), ZERO)
    return await tx.scalar(select(somme).where(Facture.facture_origine_id == facture_id))
