"""What time alone causes: run every hour by the worker of commercial, harmless to run twice."""

from uuid import UUID

from services.commercial.catalogue_fournisseur import use_cases as catalogues
from services.commercial.proposition.use_cases import cycle
from services.commercial.relance import use_cases as relances
from shared.database.database import Database
from shared.kernel.actor import Actor

AUTEUR = Actor.systeme("échéances")


async def taches_periodiques(database: Database) -> None:
    """Catalogues are fetched, offers past their last day expire, clients who hold the others are reminded; some at a time."""
    async with database.transaction(AUTEUR) as tx:
        await catalogues.relever_la_nuit(tx)
    encore = True
    while encore:
        async with database.transaction(AUTEUR) as tx:
            encore = bool(await cycle.expirer_echues(tx))
    apres: UUID | None = None
    while True:
        async with database.transaction(AUTEUR) as tx:
            apres = await relances.relancer_echues(tx, apres)
        if apres is None:
            return
