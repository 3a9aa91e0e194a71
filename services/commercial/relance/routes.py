"""Reminders over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from services.commercial.errors import RelanceDejaFaite, RelanceInconnue
from services.commercial.relance import queries, use_cases
from services.commercial.relance.schemas import SaisieFaite, Schema, VueRelance
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("relances")
Lecteur = Annotated[Actor, may("devis.lire")]


@router.get("/schema-relance")
async def schema(db: Db, _actor: Lecteur) -> Schema:
    """When clients are reminded, and how."""
    async with db.read() as session:
        return await queries.schema(session)


@router.put("/schema-relance", status_code=204)
async def fixer(saisie: Schema, db: Db, actor: Annotated[Actor, may("societe.modifier")]) -> Response:
    """Replace it."""
    async with db.transaction(actor) as tx:
        await use_cases.fixer(tx, saisie)
    return Response(status_code=204)


@router.get("/relances")
async def lister(
    db: Db,
    _actor: Lecteur,
    a_faire: bool = False,
    commercial_id: UUID | None = None,
    proposition_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueRelance]:
    """Calls to make, or every reminder of a proposition."""
    async with db.read() as session:
        return await queries.lister(
            session,
            a_faire=a_faire,
            commercial_id=commercial_id,
            proposition_id=proposition_id,
            limite=limite,
            curseur=curseur,
        )


@router.post("/relances/{relance_id}/faite", status_code=204, responses=refusals(RelanceInconnue, RelanceDejaFaite))
async def noter(
    relance_id: UUID, saisie: SaisieFaite, db: Db, actor: Annotated[Actor, may("devis.modifier")]
) -> Response:
    """The client was called."""
    async with db.transaction(actor) as tx:
        await use_cases.noter(tx, relance_id, saisie.note)
    return Response(status_code=204)
