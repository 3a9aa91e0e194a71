"""Loads natures, and says which one is the company's main one."""

from sqlalchemy import ScalarSelect, select

from services.inventory.errors import NatureInconnue
from services.inventory.nature.models import NatureStock
from shared.database.statements import once
from shared.database.transaction import Transaction

# The code of the main nature, inside another statement.
PRINCIPALE: ScalarSelect[str] = select(NatureStock.code).where(NatureStock.est_principale).scalar_subquery()


PRINCIPALE_LUE = once(select(NatureStock.code).where(NatureStock.est_principale))


async def principale(tx: Transaction) -> str:
    """The code of the main nature of the company."""
    return str((await tx.scalars(PRINCIPALE_LUE)).one())


async def toutes_for_update(tx: Transaction) -> list[NatureStock]:
    """Every nature, locked in a fixed sequence: two people who change them wait for one another."""
    return list(await tx.scalars(select(NatureStock).order_by(NatureStock.code).with_for_update()))


async def exiger(tx: Transaction, code: str) -> NatureStock:
    """The nature of this code; NatureInconnue."""
    trouvee: NatureStock | None = (await tx.scalars(select(NatureStock).where(NatureStock.code == code))).one_or_none()
    if trouvee is None:
        raise NatureInconnue(nature=code)
    return trouvee
