"""Erasure over HTTP."""

from typing import Annotated
from uuid import UUID

from services.contacts.errors import InterlocuteurAbsent, TiersInconnu
from services.contacts.personne import use_cases
from services.contacts.tiers.schemas import VueTiers
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("donnees-personnelles")


@router.post(
    "/tiers/{tiers_id}/interlocuteurs/{interlocuteur_id}/anonymiser",
    responses=refusals(TiersInconnu, InterlocuteurAbsent),
)
async def anonymiser(
    tiers_id: UUID, interlocuteur_id: UUID, db: Db, actor: Annotated[Actor, may("rgpd.anonymiser")]
) -> VueTiers:
    """Forget a person; it cannot be undone."""
    async with db.transaction(actor) as tx:
        tiers = await use_cases.anonymiser(tx, tiers_id, interlocuteur_id)
    return VueTiers.model_validate(tiers)
