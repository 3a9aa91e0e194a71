"""Hourly costs over HTTP."""

from typing import Annotated

from services.demandes.cout_horaire import queries, use_cases
from services.demandes.cout_horaire.schemas import SaisieCouts, VueCouts
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db

router = new_router("couts-horaires")


@router.get("/couts-horaires")
async def lister(db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> VueCouts:
    """What an hour of each collaborator costs."""
    async with db.read() as session:
        return await queries.lister(session)


@router.put("/couts-horaires", dependencies=[may("couts.voir")])
async def fixer(saisie: SaisieCouts, db: Db, actor: Annotated[Actor, may("societe.modifier")]) -> VueCouts:
    """Set them all."""
    async with db.transaction(actor) as tx:
        await use_cases.fixer(tx, saisie)
        return await queries.lister(tx.session)
