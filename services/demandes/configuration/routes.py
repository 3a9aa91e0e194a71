"""The whole configuration over HTTP."""

from typing import Annotated

from services.demandes.configuration import queries, use_cases
from services.demandes.configuration.schemas import Configuration
from services.demandes.errors import EtatEncoreUtilise, EtatEnDouble, EtatInconnu, EtatInitialManquant, TypeInconnu
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("configuration")
Configurer = Annotated[Actor, may("demande.configurer")]


@router.get("/configuration")
async def lire(db: Db, _actor: Configurer) -> Configuration:
    """Types, boards and subjects in use: what PUT takes back."""
    async with db.read() as session:
        return await queries.lire(session)


@router.put(
    "/configuration",
    status_code=204,
    responses=refusals(EtatEncoreUtilise, EtatEnDouble, EtatInconnu, EtatInitialManquant, TypeInconnu),
)
async def importer(saisie: Configuration, db: Db, actor: Configurer) -> None:
    """Replace everything at once; what is not named is set aside."""
    async with db.transaction(actor) as tx:
        await use_cases.importer(tx, saisie)
