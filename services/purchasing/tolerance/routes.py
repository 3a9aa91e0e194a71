"""Tolerances of suppliers over HTTP."""

from typing import Annotated
from uuid import UUID

from services.purchasing.errors import FournisseurInconnu
from services.purchasing.tolerance import queries, use_cases
from services.purchasing.tolerance.schemas import SaisieTolerance, VueTolerance
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("tolerances")


@router.get("/fournisseurs/{fournisseur_id}/tolerance")
async def lire(fournisseur_id: UUID, db: Db, _actor: Annotated[Actor, may("achat.lire")]) -> VueTolerance:
    """How far from its orders a supplier may deliver and bill."""
    async with db.read() as session:
        return VueTolerance.model_validate(await queries.de(session, fournisseur_id))


@router.put("/fournisseurs/{fournisseur_id}/tolerance", responses=refusals(FournisseurInconnu))
async def fixer(
    fournisseur_id: UUID, saisie: SaisieTolerance, db: Db, actor: Annotated[Actor, may("achat.modifier")]
) -> VueTolerance:
    """Set it."""
    async with db.transaction(actor) as tx:
        await use_cases.fixer(tx, fournisseur_id, saisie)
        return VueTolerance.model_validate(await queries.de(tx.session, fournisseur_id))
