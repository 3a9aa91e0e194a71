"""Setting the thresholds."""

from sqlalchemy import select, text

from services.purchasing.seuil.models import SeuilCommande
from services.purchasing.seuil.schemas import SaisieSeuils
from shared.database.transaction import Transaction


async def fixer(tx: Transaction, saisie: SaisieSeuils) -> None:
    """Replace every limit of the company, one person at a time; the audit keeps the former ones."""
    await tx.execute(text("LOCK TABLE seuil_commande IN SHARE ROW EXCLUSIVE MODE"))
    connus = {s.role: s for s in await tx.scalars(select(SeuilCommande))}
    for voulu in saisie.seuils:
        connu = connus.pop(voulu.role, None)
        if connu is None:
            tx.add(SeuilCommande(role=voulu.role, montant_ht=voulu.montant_ht))
        elif connu.montant_ht != voulu.montant_ht:
            connu.montant_ht = voulu.montant_ht
    for abandonne in connus.values():
        await tx.delete(abandonne)
    await tx.flush()
