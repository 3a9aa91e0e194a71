"""Product types over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import CodeTypeDejaPris, FormulaireIncorrect, TypeProduitInconnu
from services.inventory.type_produit import queries, use_cases
from services.inventory.type_produit.schemas import SaisieTypeProduit, VueTypeProduit
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("types-produit")


@router.get("/types-produit")
async def lister(db: Db, _actor: Annotated[Actor, may("produit.lire")], actifs: bool = False) -> list[VueTypeProduit]:
    """Every product type with its form."""
    async with db.read() as session:
        return await queries.lister(session, actifs=actifs)


@router.post("/types-produit", status_code=201, responses=refusals(CodeTypeDejaPris, FormulaireIncorrect))
async def creer(saisie: SaisieTypeProduit, db: Db, actor: Annotated[Actor, may("produit.modifier")]) -> VueTypeProduit:
    """A new type."""
    async with db.transaction(actor) as tx:
        nouveau = await use_cases.creer(tx, saisie)
    return VueTypeProduit.model_validate(nouveau)


@router.get("/types-produit/{type_id}", responses=refusals(TypeProduitInconnu))
async def fiche(type_id: UUID, db: Db, _actor: Annotated[Actor, may("produit.lire")]) -> VueTypeProduit:
    """One type."""
    async with db.read() as session:
        return await queries.fiche(session, type_id)


@router.put(
    "/types-produit/{type_id}",
    responses=refusals(TypeProduitInconnu, CodeTypeDejaPris, FormulaireIncorrect, VersionPerimee),
)
async def modifier(
    type_id: UUID,
    saisie: SaisieTypeProduit,
    db: Db,
    version: IfMatch,
    actor: Annotated[Actor, may("produit.modifier")],
) -> VueTypeProduit:
    """Replace the definition; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        await use_cases.modifier(tx, type_id, saisie, version)
    async with db.read() as session:
        return await queries.fiche(session, type_id)
