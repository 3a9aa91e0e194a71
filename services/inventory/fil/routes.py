"""The fil de vie over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.fil import queries
from services.inventory.fil.schemas import Evenement
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page

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
