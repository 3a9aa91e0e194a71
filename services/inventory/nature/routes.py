"""Natures of stock over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import (
    NatureDejaPrise,
    NatureInconnue,
    NaturePrincipaleNonLivrable,
    NaturePrincipaleRequise,
)
from services.inventory.nature import queries, use_cases
from services.inventory.nature.schemas import SaisieNature, VueNature
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("natures-stock")
Reglage = Annotated[Actor, may("societe.modifier")]
REFUS = (NatureDejaPrise, NaturePrincipaleNonLivrable, NaturePrincipaleRequise)


@router.get("/natures-stock")
async def lister(db: Db, _actor: CurrentActor) -> list[VueNature]:
    """Every nature; their names are no secret for staff."""
    async with db.read() as session:
        return await queries.lister(session)


@router.post("/natures-stock", status_code=201, responses=refusals(*REFUS))
async def creer(saisie: SaisieNature, db: Db, actor: Reglage) -> VueNature:
    """A new nature."""
    async with db.transaction(actor) as tx:
        nouvelle = await use_cases.creer(tx, saisie)
    return VueNature.model_validate(nouvelle)


@router.put("/natures-stock/{nature_id}", responses=refusals(NatureInconnue, VersionPerimee, *REFUS))
async def modifier(nature_id: UUID, saisie: SaisieNature, db: Db, version: IfMatch, actor: Reglage) -> VueNature:
    """Replace a nature; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        nature = await use_cases.modifier(tx, nature_id, saisie, version)
    return VueNature.model_validate(nature)
