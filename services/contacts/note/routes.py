"""The notes of a tiers over HTTP."""

from typing import Annotated
from uuid import UUID

from services.contacts.errors import TiersAbsorbe, TiersInconnu
from services.contacts.note import queries, use_cases
from services.contacts.note.schemas import SaisieNote, VueNote
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("notes")


@router.get("/tiers/{tiers_id}/notes")
async def lister(
    tiers_id: UUID, db: Db, _actor: Annotated[Actor, may("tiers.lire")], limite: Limite = 50, curseur: Curseur = None
) -> Page[VueNote]:
    """Calls, mails, visits and notes written on a tiers, latest first."""
    async with db.read() as session:
        return await queries.lister(session, tiers_id, limite=limite, curseur=curseur)


@router.post("/tiers/{tiers_id}/notes", status_code=201, responses=refusals(TiersInconnu, TiersAbsorbe))
async def noter(tiers_id: UUID, saisie: SaisieNote, db: Db, actor: Annotated[Actor, may("tiers.modifier")]) -> VueNote:
    """Write a call, a mail, a visit or a note; colleagues named with @ are told."""
    async with db.transaction(actor) as tx:
        note = await use_cases.noter(tx, tiers_id, saisie)
    return VueNote.model_validate(note)
