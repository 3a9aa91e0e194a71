"""The fil de vie over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import HistoriqueInconnu
from services.inventory.fil import queries
from services.inventory.fil.schemas import Bilan, Evenement
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("fil-de-vie")


@router.get("/historiques/{historique_id}/fil")
async def lire(
    historique_id: UUID,
    db: Db,
    actor: Annotated[Actor, may("stock.lire")],
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[Evenement]:
    """Everything that happened to an object, the latest first."""
    async with db.read() as session:
        return await queries.lire(
            session, historique_id, limite=limite, curseur=curseur, avec_couts=actor.may("couts.voir")
        )


@router.get(
    "/historiques/{historique_id}/bilan", dependencies=[may("stock.lire")], responses=refusals(HistoriqueInconnu)
)
async def bilan(historique_id: UUID, db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> Bilan:
    """What an object cost, brought and left, hours included."""
    async with db.read() as session:
        return await queries.bilan(session, historique_id)
