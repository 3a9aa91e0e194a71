"""Absences over HTTP."""

from typing import Annotated
from uuid import UUID

from services.demandes.absence import queries, use_cases
from services.demandes.absence.schemas import LigneAbsence, SaisieAbsence, VueAbsence
from services.demandes.errors import AbsenceInconnue, AbsenceInvalide, CollaborateurNonConnu
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("absences")
Modifier = Annotated[Actor, may("planning.modifier")]


@router.get("/absences")
async def lister(db: Db, actor: Annotated[Actor, may("planning.lire")]) -> list[LigneAbsence]:
    """Present and coming absences; why, for who manages the planning and the person herself."""
    async with db.read() as session:
        return await queries.lister(session, jour_paris(db.database.clock.now()), actor)


@router.post("/absences", status_code=201, responses=refusals(AbsenceInvalide, CollaborateurNonConnu))
async def noter(saisie: SaisieAbsence, db: Db, actor: Modifier) -> VueAbsence:
    """Somebody will not be there."""
    async with db.transaction(actor) as tx:
        absence = await use_cases.noter(tx, saisie)
    return VueAbsence.model_validate(absence)


@router.delete("/absences/{absence_id}", status_code=204, responses=refusals(AbsenceInconnue))
async def retirer(absence_id: UUID, db: Db, actor: Modifier) -> None:
    """He will be there after all."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer(tx, absence_id)
