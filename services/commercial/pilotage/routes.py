"""Sales figures over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.commercial.pilotage import queries
from services.commercial.pilotage.rules import MOIS_MAX
from services.commercial.pilotage.schemas import Pilotage
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db

router = new_router("pilotage")


@router.get("/pilotage")
async def pilotage(
    db: Db,
    _actor: Annotated[Actor, may("devis.lire")],
    commercial_id: UUID | None = None,
    mois: Annotated[int, Query(ge=1, le=MOIS_MAX)] = 12,
) -> Pilotage:
    """What is expected, signed and lost, by month and by salesman."""
    async with db.read() as session:
        jour = jour_paris(db.database.clock.now())
        return await queries.pilotage(session, jour=jour, nombre_mois=mois, commercial_id=commercial_id)
