"""The load over HTTP."""

from typing import Annotated

from fastapi import Query

from services.demandes.charge import queries
from services.demandes.charge.schemas import PlanDeCharge
from services.demandes.intervention.schemas import JourPlanning
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db

router = new_router("charge")


@router.get("/planning/charge")
async def plan(
    db: Db,
    _actor: Annotated[Actor, may("planning.lire")],
    jour: JourPlanning | None = None,
    semaines: Annotated[int, Query(ge=1, le=26)] = 12,
) -> PlanDeCharge:
    """Capacity and load of each person, week by week from that of `jour` (today by default), and what waits for a date."""
    async with db.read() as session:
        return await queries.plan(session, jour or jour_paris(db.database.clock.now()), semaines)
