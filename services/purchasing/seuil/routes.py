"""Thresholds over HTTP."""

from typing import Annotated

from services.purchasing.seuil import queries, use_cases
from services.purchasing.seuil.schemas import SaisieSeuils, VueSeuil
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db

router = new_router("seuils")


@router.get("/seuils-commande")
async def lister(db: Db, _actor: Annotated[Actor, may("achat.lire")]) -> list[VueSeuil]:
    """Above which amount each role must have its orders approved."""
    async with db.read() as session:
        return await queries.lister(session)


@router.put("/seuils-commande")
async def fixer(saisie: SaisieSeuils, db: Db, actor: Annotated[Actor, may(queries.APPROUVER)]) -> list[VueSeuil]:
    """Set them all."""
    async with db.transaction(actor) as tx:
        await use_cases.fixer(tx, saisie)
        return await queries.lister(tx.session)
