"""The life of a demande over HTTP."""

from typing import Annotated
from uuid import UUID

from services.demandes.chronologie import queries
from services.demandes.chronologie.schemas import Moment, MomentDuTiers
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db

router = new_router("chronologie")


@router.get("/demandes/{demande_id}/chronologie")
async def lire(demande_id: UUID, db: Db, _actor: Annotated[Actor, may("demande.lire")]) -> list[Moment]:
    """Everything that happened to a demande, latest first (the last 300)."""
    async with db.read() as session:
        return await queries.lire(session, demande_id)


@router.get("/chronologie")
async def du_tiers(tiers_id: UUID, db: Db, _actor: Annotated[Actor, may("demande.lire")]) -> list[MomentDuTiers]:
    """What was last said and done with a contact (notes, calls, documents), in all the demandes one reaches: the last 100."""
    async with db.read() as session:
        return await queries.du_tiers(session, tiers_id)
