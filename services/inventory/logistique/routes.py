"""The logistics supervisor over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import (
    BeneficiaireSansManque,
    FeuilleVerrouillee,
    LiberationExcessive,
    ReservationInconnue,
)
from services.inventory.logistique import queries, use_cases
from services.inventory.logistique.schemas import LigneAttente, Passage, SaisieLiberation, StockPlace, Tri
from services.inventory.nature.schemas import CodeNature
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("reservations")


@router.get("/reservations")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("stock.lire")],
    tri: Tri = "priorite",
    depot_id: UUID | None = None,
    produit_id: UUID | None = None,
    attendu_id: UUID | None = None,
    manquants: bool = False,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneAttente]:
    """What feuilles in progress wait for, what is kept for them and what they miss; 0 is the highest priority."""
    async with db.read() as session:
        return await queries.attentes(
            session,
            tri=tri,
            depot_id=depot_id,
            produit_id=produit_id,
            attendu_id=attendu_id,
            manquants=manquants,
            limite=limite,
            curseur=curseur,
        )


@router.post("/reservations/generer")
async def generer(db: Db, actor: Annotated[Actor, may("stock.modifier")]) -> Passage:
    """Share the stock again between the feuilles, by priority then delay; a second run changes nothing."""
    async with db.transaction(actor) as tx:
        changees = await use_cases.generer(tx)
        await tx.flush()
        return Passage(feuilles_changees=changees, lignes=await queries.dans_l_ordre(tx.session))


@router.post(
    "/reservations/{attendu_id}/liberer",
    status_code=204,
    responses=refusals(ReservationInconnue, FeuilleVerrouillee, LiberationExcessive, BeneficiaireSansManque),
)
async def liberer(
    attendu_id: UUID, saisie: SaisieLiberation, db: Db, actor: Annotated[Actor, may("stock.modifier")]
) -> None:
    """Give back what is kept for a line, with the reason: to another line that misses it, or to nobody."""
    async with db.transaction(actor) as tx:
        await use_cases.liberer(tx, attendu_id, saisie)


@router.get("/stock/places")
async def par_place(
    db: Db,
    _actor: Annotated[Actor, may("stock.lire")],
    depot_id: UUID | None = None,
    nature: CodeNature | None = None,
    emplacement_id: UUID | None = None,
    produit_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[StockPlace]:
    """Stock by depot, nature and place."""
    async with db.read() as session:
        return await queries.par_place(
            session,
            depot_id=depot_id,
            nature=nature,
            emplacement_id=emplacement_id,
            produit_id=produit_id,
            limite=limite,
            curseur=curseur,
        )
