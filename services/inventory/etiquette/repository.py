"""Finds and locks labels."""

from sqlalchemy import select

from services.inventory.errors import EtiquetteInconnue
from services.inventory.etiquette.models import Etiquette
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, code: str) -> Etiquette:
    """The label, locked until the transaction ends; EtiquetteInconnue."""
    requete = select(Etiquette).where(Etiquette.code == code).with_for_update()
    trouvee: Etiquette | None = (await tx.scalars(requete.execution_options(populate_existing=True))).one_or_none()
    if trouvee is None:
        raise EtiquetteInconnue(code=code)
    return trouvee
