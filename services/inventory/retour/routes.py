"""Returns to suppliers over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import (
    CodeInconnu,
    DepotInconnu,
    FournisseurInconnu,
    HistoriqueInconnu,
    ObjetIndisponible,
    QuantiteRefusee,
    RemplacantIncoherent,
    RetourConclu,
    RetourInconnu,
    SerieDejaPrise,
    SerieObligatoire,
    StockInsuffisant,
)
from services.inventory.retour import queries, use_cases
from services.inventory.retour.rules import EtatRetour
from services.inventory.retour.schemas import SaisieAvoir, SaisieRemplacant, SaisieRendu, SaisieRetour, VueRetour
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("retours")
Lecteur = Annotated[Actor, may("stock.lire")]
Magasinier = Annotated[Actor, may("stock.modifier")]


@router.get("/retours")
async def lister(
    db: Db,
    actor: Lecteur,
    etat: EtatRetour | None = None,
    fournisseur_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueRetour]:
    """Returns, the latest first; `etat=ouvert` lists those that wait for the supplier."""
    async with db.read() as session:
        return await queries.lister(
            session,
            etat=etat,
            fournisseur_id=fournisseur_id,
            limite=limite,
            curseur=curseur,
            avec_couts=actor.may("couts.voir"),
        )


@router.post(
    "/retours",
    status_code=201,
    responses=refusals(
        HistoriqueInconnu, CodeInconnu, ObjetIndisponible, FournisseurInconnu, StockInsuffisant, QuantiteRefusee
    ),
)
async def ouvrir(saisie: SaisieRetour, db: Db, actor: Magasinier) -> VueRetour:
    """Send an object back to its supplier."""
    async with db.transaction(actor) as tx:
        return queries.vue(await use_cases.ouvrir(tx, saisie), avec_couts=actor.may("couts.voir"))


@router.get("/retours/{retour_id}", responses=refusals(RetourInconnu))
async def fiche(retour_id: UUID, db: Db, actor: Lecteur) -> VueRetour:
    """One return."""
    async with db.read() as session:
        return await queries.fiche(session, retour_id, avec_couts=actor.may("couts.voir"))


@router.post(
    "/retours/{retour_id}/remplacer",
    responses=refusals(
        *(RetourInconnu, RetourConclu, CodeInconnu, DepotInconnu, RemplacantIncoherent),
        *(SerieDejaPrise, SerieObligatoire),
    ),
)
async def remplacer(retour_id: UUID, saisie: SaisieRemplacant, db: Db, actor: Magasinier) -> VueRetour:
    """The replacement arrived: both lives are linked."""
    async with db.transaction(actor) as tx:
        retour = await use_cases.remplacer(tx, retour_id, saisie)
        await tx.flush()
        return queries.vue(retour, avec_couts=actor.may("couts.voir"))


@router.post("/retours/{retour_id}/crediter", responses=refusals(RetourInconnu, RetourConclu))
async def crediter(
    retour_id: UUID, saisie: SaisieAvoir, db: Db, actor: Annotated[Actor, may("achat.modifier")]
) -> VueRetour:
    """The supplier's credit note arrived."""
    async with db.transaction(actor) as tx:
        retour = await use_cases.crediter(tx, retour_id, saisie)
        await tx.flush()
        return queries.vue(retour, avec_couts=actor.may("couts.voir"))


@router.post("/retours/{retour_id}/rendre", responses=refusals(RetourInconnu, RetourConclu, DepotInconnu))
async def rendre(retour_id: UUID, saisie: SaisieRendu, db: Db, actor: Magasinier) -> VueRetour:
    """The same object came back."""
    async with db.transaction(actor) as tx:
        retour = await use_cases.rendre(tx, retour_id, saisie.depot_id)
        await tx.flush()
        return queries.vue(retour, avec_couts=actor.may("couts.voir"))
