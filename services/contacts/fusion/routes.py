"""Merges over HTTP."""

from typing import Annotated
from uuid import UUID

from services.contacts.errors import FusionImpossible, TiersInconnu
from services.contacts.fusion import use_cases
from services.contacts.fusion.schemas import SaisieFusion
from services.contacts.tiers.schemas import VueTiers
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("fusions")


@router.post("/tiers/{tiers_id}/fusionner", responses=refusals(TiersInconnu, FusionImpossible))
async def fusionner(
    tiers_id: UUID, saisie: SaisieFusion, db: Db, actor: Annotated[Actor, may("tiers.fusionner")]
) -> VueTiers:
    """Absorb a double: its people, files and documents of every service follow. It cannot be undone."""
    async with db.transaction(actor) as tx:
        tiers = await use_cases.reunir(tx, tiers_id, saisie.absorbe_id)
    return VueTiers.model_validate(tiers)
