"""The limits of the company over HTTP; approvals are asked on the proposition."""

from typing import Annotated

from services.commercial.garde import use_cases
from services.commercial.garde.schemas import SaisieSeuil, VueSeuil
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("garde")


@router.get("/seuils-marge")
async def lire(db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> VueSeuil:
    """The largest discount and the smallest margin without approval."""
    async with db.read() as session:
        fixe = await use_cases.seuil(session)
    return VueSeuil.model_validate(fixe) if fixe else VueSeuil()


@router.put("/seuils-marge", responses=refusals(VersionPerimee))
async def fixer(
    saisie: SaisieSeuil, db: Db, version: IfMatch, actor: Annotated[Actor, may("marge.approuver")]
) -> VueSeuil:
    """Set them."""
    async with db.transaction(actor) as tx:
        fixe = await use_cases.fixer(tx, saisie, version)
    return VueSeuil.model_validate(fixe)
