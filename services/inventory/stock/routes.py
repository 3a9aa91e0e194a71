"""Stock over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.inventory.stock import queries
from services.inventory.stock.schemas import LigneStock, StockAgence
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Recherche

router = new_router("stock")


@router.get("/stock")
async def lister(
    db: Db,
    actor: Annotated[Actor, may("stock.lire")],
    q: Recherche = None,
    famille: Annotated[str | None, Query(max_length=60)] = None,
    agence_id: UUID | None = None,
    presents: bool = False,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneStock]:
    """Stock by product and agency."""
    async with db.read() as session:
        return await queries.lister(
            session,
            q=q,
            famille=famille,
            agence_id=agence_id,
            presents=presents,
            limite=limite,
            curseur=curseur,
            avec_couts=actor.may("couts.voir"),
        )


@router.get("/produits/{produit_id}/stock")
async def du_produit(produit_id: UUID, db: Db, _actor: Annotated[Actor, may("stock.lire")]) -> list[StockAgence]:
    """The balances of one product in every agency."""
    async with db.read() as session:
        return await queries.du_produit(session, produit_id)
