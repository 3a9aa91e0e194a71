"""Depots over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.depot import queries, use_cases
from services.inventory.depot.schemas import SaisieEmplacement, VueDepot
from services.inventory.errors import DepotInconnu, EmplacementDejaPris, NatureInconnue
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("depots")


@router.get("/depots")
async def lister(db: Db, _actor: CurrentActor) -> list[VueDepot]:
    """Every depot and its places; the names of our own agencies are no secret for staff."""
    async with db.read() as session:
        return await queries.lister(session)


@router.post(
    "/depots/{depot_id}/emplacements",
    status_code=201,
    responses=refusals(DepotInconnu, EmplacementDejaPris, NatureInconnue),
)
async def ajouter_emplacement(
    depot_id: UUID, saisie: SaisieEmplacement, db: Db, actor: Annotated[Actor, may("stock.modifier")]
) -> VueDepot:
    """A new place in a depot."""
    async with db.transaction(actor) as tx:
        depot = await use_cases.ajouter_emplacement(tx, depot_id, saisie)
    return VueDepot.model_validate(depot)
