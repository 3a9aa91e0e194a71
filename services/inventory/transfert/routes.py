"""Transfers between depots over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import (
    CodeInconnu,
    DepotInconnu,
    DestinationIncoherente,
    EcartDejaRegle,
    LigneTransfertInconnue,
    ObjetIndisponible,
    ProduitInconnu,
    QuantiteRefusee,
    StockInsuffisant,
    TransfertInconnu,
    TransfertTransition,
)
from services.inventory.transfert import queries, use_cases
from services.inventory.transfert.rules import EtatTransfert
from services.inventory.transfert.schemas import (
    EnTeteTransfert,
    SaisieIssue,
    SaisieReception,
    SaisieTransit,
    VueTransfert,
)
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("transferts")
Lecteur = Annotated[Actor, may("stock.lire")]
Magasinier = Annotated[Actor, may("stock.modifier")]


@router.get("/transferts")
async def lister(
    db: Db,
    _actor: Lecteur,
    etat: EtatTransfert | None = None,
    depot_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[EnTeteTransfert]:
    """Transfers, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, etat=etat, depot_id=depot_id, limite=limite, curseur=curseur)


@router.post(
    "/transferts",
    status_code=201,
    responses=refusals(
        CodeInconnu,
        ProduitInconnu,
        DepotInconnu,
        DestinationIncoherente,
        ObjetIndisponible,
        StockInsuffisant,
        QuantiteRefusee,
    ),
)
async def envoyer(saisie: SaisieTransit, db: Db, actor: Magasinier) -> VueTransfert:
    """Goods leave a depot: in transit until received."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, (await use_cases.envoyer(tx, saisie)).id)


@router.get("/transferts/{transfert_id}", responses=refusals(TransfertInconnu))
async def fiche(transfert_id: UUID, db: Db, _actor: Lecteur) -> VueTransfert:
    """One transfer."""
    async with db.read() as session:
        return await queries.fiche(session, transfert_id)


@router.post(
    "/transferts/{transfert_id}/recevoir",
    responses=refusals(TransfertInconnu, TransfertTransition, LigneTransfertInconnue, QuantiteRefusee),
)
async def recevoir(transfert_id: UUID, saisie: SaisieReception, db: Db, actor: Magasinier) -> VueTransfert:
    """What arrived; lines left out arrived whole."""
    async with db.transaction(actor) as tx:
        await use_cases.recevoir(tx, transfert_id, saisie)
        return await _vue(tx, transfert_id)


@router.post(
    "/transferts/{transfert_id}/lignes/{ligne_id}/regler",
    responses=refusals(TransfertInconnu, LigneTransfertInconnue, EcartDejaRegle),
)
async def regler(transfert_id: UUID, ligne_id: UUID, saisie: SaisieIssue, db: Db, actor: Magasinier) -> VueTransfert:
    """What became of what did not arrive."""
    async with db.transaction(actor) as tx:
        await use_cases.regler(tx, transfert_id, ligne_id, saisie)
        return await _vue(tx, transfert_id)


async def _vue(tx: Transaction, transfert_id: UUID) -> VueTransfert:
    await tx.flush()
    return await queries.fiche(tx.session, transfert_id)
