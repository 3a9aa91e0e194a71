"""Bank details of tiers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from services.contacts.errors import BicInvalide, IbanInvalide, RibDejaConnu, RibInconnu, TiersAbsorbe, TiersInconnu
from services.contacts.rib import queries, use_cases
from services.contacts.rib.schemas import SaisieRib, VueRib
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("coordonnées bancaires")
Comptable = Annotated[Actor, may("rib.modifier")]


@router.get("/tiers/{tiers_id}/ribs")
async def lister(tiers_id: UUID, db: Db, _actor: Annotated[Actor, may("rib.lire")]) -> list[VueRib]:
    """The accounts of a contact."""
    async with db.read() as session:
        return await queries.lister(session, tiers_id)


@router.post(
    "/tiers/{tiers_id}/ribs",
    status_code=201,
    responses=refusals(TiersInconnu, TiersAbsorbe, IbanInvalide, BicInvalide, RibDejaConnu),
)
async def creer(tiers_id: UUID, saisie: SaisieRib, db: Db, actor: Comptable) -> list[VueRib]:
    """One more account."""
    async with db.transaction(actor) as tx:
        await use_cases.creer(tx, tiers_id, saisie)
        await tx.flush()
        return await queries.lister(tx.session, tiers_id)


@router.put(
    "/tiers/{tiers_id}/ribs/{rib_id}",
    responses=refusals(RibInconnu, TiersAbsorbe, IbanInvalide, BicInvalide, RibDejaConnu, VersionPerimee),
)
async def modifier(
    tiers_id: UUID, rib_id: UUID, saisie: SaisieRib, db: Db, version: IfMatch, actor: Comptable
) -> list[VueRib]:
    """Another number, holder or bank."""
    async with db.transaction(actor) as tx:
        await use_cases.modifier(tx, tiers_id, rib_id, saisie, version)
        await tx.flush()
        return await queries.lister(tx.session, tiers_id)


@router.delete("/tiers/{tiers_id}/ribs/{rib_id}", status_code=204, responses=refusals(RibInconnu))
async def supprimer(tiers_id: UUID, rib_id: UUID, db: Db, actor: Comptable) -> Response:
    """The account is closed."""
    async with db.transaction(actor) as tx:
        await use_cases.supprimer(tx, tiers_id, rib_id)
    return Response(status_code=204)
