"""What places must carry, over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.dotation import queries, use_cases
from services.inventory.dotation.schemas import SaisieDotation, SaisiePlein, VueDotation, VueVehicule
from services.inventory.errors import (
    DepotInconnu,
    DotationInconnue,
    EmplacementInconnu,
    ProduitInconnu,
    StockInsuffisant,
)
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("dotations")
Lecteur = Annotated[Actor, may("stock.lire")]
Magasinier = Annotated[Actor, may("stock.modifier")]


@router.get("/dotations")
async def lister(db: Db, _actor: Lecteur) -> list[VueVehicule]:
    """The vans and the other places that must carry something, with what is low in each."""
    async with db.read() as session:
        return await queries.lister(session)


@router.get("/dotations/{emplacement_id}", responses=refusals(EmplacementInconnu))
async def fiche(emplacement_id: UUID, db: Db, _actor: Lecteur) -> VueDotation:
    """What a place must carry, and the refill proposed from its depot."""
    async with db.read() as session:
        return await queries.fiche(session, emplacement_id)


@router.put("/dotations/{emplacement_id}", responses=refusals(EmplacementInconnu, ProduitInconnu))
async def fixer(emplacement_id: UUID, saisie: SaisieDotation, db: Db, actor: Magasinier) -> VueDotation:
    """Say how much of a product a place carries."""
    async with db.transaction(actor) as tx:
        await use_cases.fixer(tx, emplacement_id, saisie)
        return await queries.fiche(tx.session, emplacement_id)


@router.delete("/dotations/{emplacement_id}/{dotation_id}", status_code=204, responses=refusals(DotationInconnue))
async def retirer(emplacement_id: UUID, dotation_id: UUID, db: Db, actor: Magasinier) -> None:
    """Carry nothing of it by rule any more."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer(tx, emplacement_id, dotation_id)


@router.post(
    "/dotations/{emplacement_id}/remplir",
    responses=refusals(EmplacementInconnu, DepotInconnu, ProduitInconnu, StockInsuffisant),
)
async def remplir(emplacement_id: UUID, saisie: SaisiePlein, db: Db, actor: Magasinier) -> VueDotation:
    """Move what is said from the depot to the place."""
    async with db.transaction(actor) as tx:
        await use_cases.remplir(tx, emplacement_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, emplacement_id)
