"""What time alone causes: run every hour by the worker of commercial, harmless to run twice."""

from services.commercial.proposition.use_cases import cycle
from shared.database.database import Database
from shared.kernel.actor import Actor

AUTEUR = Actor.systeme("échéances")


async def taches_periodiques(database: Database) -> None:
    """Offers past their last day expire, some at a time until none is left."""
    encore = True
    while encore:
        async with database.transaction(AUTEUR) as tx:
            encore = bool(await cycle.expirer_echues(tx))
