"""The company over HTTP."""

from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.contacts.errors import SocieteAbsente
from services.contacts.societe import use_cases
from services.contacts.societe.models import Societe
from services.contacts.societe.schemas import SaisieSociete, VueSociete
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("societe")


@router.get("/societe", responses=refusals(SocieteAbsente))
async def fiche(db: Db, _actor: CurrentActor) -> VueSociete:
    """Who we are."""
    async with db.read() as session:
        societe = (await session.scalars(select(Societe).options(selectinload(Societe.agences)))).one_or_none()
    if societe is None:
        raise SocieteAbsente
    return VueSociete.model_validate(societe)


@router.put("/societe")
async def enregistrer(
    saisie: SaisieSociete, db: Db, version: IfMatch, actor: Annotated[Actor, may("societe.modifier")]
) -> VueSociete:
    """Write the company's file."""
    async with db.transaction(actor) as tx:
        societe = await use_cases.enregistrer(tx, saisie, version)
    return VueSociete.model_validate(societe)
