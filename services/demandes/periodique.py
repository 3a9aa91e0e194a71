"""What time alone causes in demandes."""

from services.demandes.courrier import jobs as courrier
from shared.database.database import Database


async def taches_frequentes(database: Database) -> None:
    """Every minute: the mailbox."""
    await courrier.relever(database)
