"""Setting and removing reorder rules."""

from uuid import UUID

from sqlalchemy import select

from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieProduit
from services.purchasing.errors import AgenceInconnue, ProduitInconnu, RegleInconnue
from services.purchasing.reappro.models import RegleReappro
from services.purchasing.reappro.schemas import SaisieRegle
from shared.database.transaction import Transaction


async def fixer(tx: Transaction, saisie: SaisieRegle) -> RegleReappro:
    """The rule of a product in a depot: made, or changed. The product is locked: nobody else makes the same rule."""
    produit = await tx.get(CopieProduit, saisie.produit_id, with_for_update=True)
    if produit is None or not produit.est_stockable:
        raise ProduitInconnu
    if await copies.agence(tx.session, saisie.agence_id) is None:
        raise AgenceInconnue
    la_sienne = (RegleReappro.produit_id == saisie.produit_id, RegleReappro.agence_id == saisie.agence_id)
    regle: RegleReappro | None = (await tx.scalars(select(RegleReappro).where(*la_sienne))).one_or_none()
    if regle is None:
        regle = RegleReappro(produit_id=saisie.produit_id, agence_id=saisie.agence_id)
        tx.add(regle)
    regle.mini, regle.maxi = saisie.mini, saisie.maxi
    await tx.flush()
    return regle


async def retirer(tx: Transaction, regle_id: UUID) -> None:
    """The depot keeps nothing of the product any more; the audit keeps the rule."""
    regle = await tx.get(RegleReappro, regle_id, with_for_update=True)
    if regle is None:
        raise RegleInconnue
    await tx.delete(regle)
