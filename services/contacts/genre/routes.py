"""Kinds of tiers over HTTP."""

from typing import Annotated
from uuid import UUID

from services.contacts.errors import GenreFixe, GenreInconnu, GenrePris, GenresTropNombreux
from services.contacts.genre import queries, use_cases
from services.contacts.genre.schemas import SaisieGenre, VueGenre
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("genres de contact")
Gestionnaire = Annotated[Actor, may("societe.modifier")]


@router.get("/genres-tiers")
async def lister(db: Db, _actor: CurrentActor) -> list[VueGenre]:
    """Every kind, closed ones included."""
    async with db.read() as session:
        return [VueGenre.model_validate(genre) for genre in await queries.lister(session)]


@router.post("/genres-tiers", status_code=201, responses=refusals(GenrePris, GenresTropNombreux))
async def creer(saisie: SaisieGenre, db: Db, actor: Gestionnaire) -> VueGenre:
    """A new kind."""
    async with db.transaction(actor) as tx:
        genre = await use_cases.creer(tx, saisie)
    return VueGenre.model_validate(genre)


@router.put("/genres-tiers/{genre_id}", responses=refusals(GenreInconnu, GenrePris, GenreFixe, VersionPerimee))
async def modifier(genre_id: UUID, saisie: SaisieGenre, db: Db, version: IfMatch, actor: Gestionnaire) -> VueGenre:
    """Rename a kind, or stop offering it."""
    async with db.transaction(actor) as tx:
        genre = await use_cases.modifier(tx, genre_id, saisie, version)
    return VueGenre.model_validate(genre)
