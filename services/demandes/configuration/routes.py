"""The whole configuration over HTTP."""

from typing import Annotated

from services.demandes.configuration import queries, use_cases
from services.demandes.configuration.schemas import Configuration
from services.demandes.errors import EtatEncoreUtilise, EtatEnDouble, EtatInconnu, EtatInitialManquant, TypeInconnu
from services.demandes.type_demande import queries as types
from services.demandes.type_demande.schemas import SaisieEtatFrere, VueType
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
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


@router.post(
    "/types-demande/{code}/etats",
    status_code=201,
    responses=refusals(TypeInconnu, EtatInconnu, EtatEnDouble, VersionPerimee),
)
async def ajouter_etat(code: str, saisie: SaisieEtatFrere, db: Db, version: IfMatch, actor: Configurer) -> VueType:
    """A new state that behaves like another of the type, with its column wherever that one has its own."""
    async with db.transaction(actor) as tx:
        change = await use_cases.ajouter_etat(tx, code, saisie, version)
    return types.vue(change)
