"""Teams over HTTP."""

from typing import Annotated
from uuid import UUID

from sqlalchemy import select

from services.contacts.equipe import use_cases
from services.contacts.equipe.models import Equipe
from services.contacts.equipe.schemas import SaisieEquipe, VueEquipe
from services.contacts.errors import EquipeInconnue
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("equipes")


@router.get("/equipes")
async def lister(db: Db, _actor: CurrentActor) -> list[VueEquipe]:
    """Every team, by name."""
    async with db.read() as session:
        return [VueEquipe.model_validate(e) for e in await session.scalars(select(Equipe).order_by(Equipe.nom))]


@router.post("/equipes", status_code=201)
async def creer(saisie: SaisieEquipe, db: Db, actor: Annotated[Actor, may("societe.modifier")]) -> VueEquipe:
    """A new team."""
    async with db.transaction(actor) as tx:
        equipe = await use_cases.creer(tx, saisie)
    return VueEquipe.model_validate(equipe)


@router.put("/equipes/{equipe_id}", responses=refusals(EquipeInconnue))
async def modifier(
    equipe_id: UUID, saisie: SaisieEquipe, db: Db, version: IfMatch, actor: Annotated[Actor, may("societe.modifier")]
) -> VueEquipe:
    """Replace a team."""
    async with db.transaction(actor) as tx:
        equipe = await use_cases.modifier(tx, equipe_id, saisie, version)
    return VueEquipe.model_validate(equipe)
