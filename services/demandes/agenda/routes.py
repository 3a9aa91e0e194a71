"""Agendas over HTTP. The public one needs no account: its address is the key."""

from typing import Annotated

from fastapi import Path, Request, Response

from services.demandes.agenda import queries, use_cases
from services.demandes.agenda.schemas import AdresseAgenda, VueAgenda
from services.demandes.copies import queries as copies
from services.demandes.errors import AgendaInconnu, CollaborateurNonConnu
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("agendas")
Lire = Annotated[Actor, may("planning.lire")]
Jeton = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{40,60}$")]


@router.get("/agendas/moi")
async def le_mien(db: Db, actor: Lire) -> VueAgenda:
    """Whether my agenda has an address."""
    async with db.read() as session:
        qui, _ = await copies.moi(session, actor)
        return await queries.de(session, qui) if qui else VueAgenda(cree_le=None)


@router.post("/agendas/moi", status_code=201, responses=refusals(CollaborateurNonConnu))
async def renouveler(db: Db, actor: Lire) -> AdresseAgenda:
    """A new address for my agenda; the former one stops."""
    async with db.transaction(actor) as tx:
        return AdresseAgenda(jeton=await use_cases.renouveler(tx))


@router.delete("/agendas/moi", status_code=204, responses=refusals(CollaborateurNonConnu))
async def revoquer(db: Db, actor: Lire) -> None:
    """The address of my agenda stops."""
    async with db.transaction(actor) as tx:
        await use_cases.revoquer(tx)


@router.get("/agendas/publics/{jeton}", responses=refusals(AgendaInconnu))
async def publier(jeton: Jeton, db: Db, request: Request, _actor: CurrentActor) -> Response:
    """The agenda as iCalendar."""
    means: Means = request.app.state.means
    racine = means.settings.public_url
    async with db.read() as session:
        texte = await queries.publier(session, jeton, maintenant=db.database.clock.now(), racine=racine)
    return Response(texte, media_type="text/calendar; charset=utf-8")
