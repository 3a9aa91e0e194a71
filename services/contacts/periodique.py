"""What time alone causes in contacts."""

from services.contacts.fusion import use_cases
from shared.database.database import Database
from shared.kernel.actor import Actor


async def taches_periodiques(database: Database) -> None:
    """Every hour: merges of the last days are told again."""
    async with database.transaction(Actor.systeme("Fusions")) as tx:
        await use_cases.rappeler(tx)
