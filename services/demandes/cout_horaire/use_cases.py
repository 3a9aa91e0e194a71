"""Setting the hourly costs."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, text

from services.demandes.cout_horaire.models import CoutHoraire
from services.demandes.cout_horaire.schemas import SaisieCouts
from shared.database.transaction import Transaction


async def fixer(tx: Transaction, saisie: SaisieCouts) -> None:
    """Replace every cost, one person at a time; time already recorded keeps the cost it had."""
    await tx.execute(text("LOCK TABLE cout_horaire IN SHARE ROW EXCLUSIVE MODE"))
    connus = {c.collaborateur_id: c for c in await tx.scalars(select(CoutHoraire))}
    voulus: dict[UUID | None, Decimal] = {c.collaborateur_id: c.cout_ht for c in saisie.collaborateurs}
    if saisie.defaut_ht is not None:
        voulus[None] = saisie.defaut_ht
    for qui, cout_ht in voulus.items():
        connu = connus.pop(qui, None)
        if connu is None:
            tx.add(CoutHoraire(collaborateur_id=qui, cout_ht=cout_ht))
        elif connu.cout_ht != cout_ht:
            connu.cout_ht = cout_ht
    for abandonne in connus.values():
        await tx.delete(abandonne)
    await tx.flush()
