"""What contacts owe, over HTTP."""

from typing import Annotated

from services.contacts.encours import queries
from services.contacts.genre.schemas import CodeGenre
from services.contacts.tiers.schemas import TotauxTiers
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Recherche

router = new_router("tiers")


@router.get("/tiers/totaux")
async def totaux(
    db: Db, _actor: Annotated[Actor, may("tiers.lire")], q: Recherche = None, role: CodeGenre | None = None
) -> TotauxTiers:
    """What the whole search adds up to."""
    async with db.read() as session:
        return await queries.totaux(session, q=q, role=role)
