"""What time alone causes: run every hour by the worker of maintenance, harmless to run twice."""

from services.maintenance.contrat.use_cases import cycle
from services.maintenance.visite.use_cases import calendrier
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris

AUTEUR = Actor.systeme("échéances")


async def taches_periodiques(database: Database) -> None:
    """Contracts begin and end, schedules are extended, due visits are announced: each step until nothing is left."""
    aujourd_hui = jour_paris(database.clock.now())
    for etape in (cycle.actualiser, cycle.prolonger, calendrier.declencher_visites_dues):
        encore = True
        while encore:
            async with database.transaction(AUTEUR) as tx:
                encore = bool(await etape(tx, aujourd_hui))
