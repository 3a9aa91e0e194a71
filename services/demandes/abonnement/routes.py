"""Following a demande over HTTP."""

from typing import Annotated
from uuid import UUID

from services.demandes.abonnement import queries, use_cases
from services.demandes.abonnement.schemas import VueAbonnement
from services.demandes.errors import DemandeInconnue
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("abonnements")
Lire = Annotated[Actor, may("demande.lire")]


@router.get("/demandes/{demande_id}/abonnement")
async def lire(demande_id: UUID, db: Db, actor: Lire) -> VueAbonnement:
    """Whether I follow it, and who does."""
    async with db.read() as session:
        return await queries.de(session, demande_id, actor)


@router.post("/demandes/{demande_id}/abonnement", status_code=204, responses=refusals(DemandeInconnue))
async def suivre(demande_id: UUID, db: Db, actor: Lire) -> None:
    """Be told when it moves or is written on."""
    async with db.transaction(actor) as tx:
        await use_cases.suivre(tx, demande_id)


@router.delete("/demandes/{demande_id}/abonnement", status_code=204, responses=refusals(DemandeInconnue))
async def ne_plus_suivre(demande_id: UUID, db: Db, actor: Lire) -> None:
    """No longer be told."""
    async with db.transaction(actor) as tx:
        await use_cases.ne_plus_suivre(tx, demande_id)
