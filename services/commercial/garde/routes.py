"""The limits of the company over HTTP; approvals are asked on the proposition."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from services.commercial.errors import RegleInconnue
from services.commercial.garde import use_cases
from services.commercial.garde.schemas import SaisieLimites, SaisieRegle, VuePersonne, VueRefus, VueRegle, VueSeuil
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("garde")
Approbateur = Annotated[Actor, may("marge.approuver")]


@router.get("/seuils-marge")
async def lire(db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> VueSeuil:
    """The largest discount and the smallest margin without approval."""
    async with db.read() as session:
        fixe = await use_cases.seuil(session)
    return VueSeuil.model_validate(fixe) if fixe else VueSeuil()


@router.put("/seuils-marge", responses=refusals(VersionPerimee))
async def fixer(saisie: SaisieLimites, db: Db, version: IfMatch, actor: Approbateur) -> VueSeuil:
    """Set them."""
    async with db.transaction(actor) as tx:
        fixe = await use_cases.fixer(tx, saisie, version)
    return VueSeuil.model_validate(fixe)


@router.get("/seuils-marge/regles")
async def regles(db: Db, _actor: Approbateur) -> list[VueRegle]:
    """The limits of roles and of people."""
    async with db.read() as session:
        return [VueRegle.model_validate(fixe) for fixe in await use_cases.regles(session)]


@router.get("/seuils-marge/refus")
async def refus(db: Db, _actor: Approbateur) -> list[VueRefus]:
    """Who sees no cost and was refused for the margin lately: a cost tried for shows here."""
    async with db.read() as session:
        return [VueRefus.model_validate(ligne) for ligne in await use_cases.refus_recents(session)]


@router.get("/seuils-marge/personnes")
async def personnes(db: Db, _actor: Approbateur) -> list[VuePersonne]:
    """Everybody limits may be set for."""
    async with db.read() as session:
        return [VuePersonne.model_validate(personne) for personne in await use_cases.personnes(session)]


@router.put("/seuils-marge/regles")
async def fixer_regle(saisie: SaisieRegle, db: Db, actor: Approbateur) -> VueRegle:
    """Set those of a role or of a person; said again, they are replaced."""
    async with db.transaction(actor) as tx:
        return VueRegle.model_validate(await use_cases.fixer_regle(tx, saisie))


@router.delete("/seuils-marge/regles/{regle_id}", status_code=204, responses=refusals(RegleInconnue))
async def retirer_regle(regle_id: UUID, db: Db, actor: Approbateur) -> Response:
    """They follow the company's again."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer_regle(tx, regle_id)
    return Response(status_code=204)
