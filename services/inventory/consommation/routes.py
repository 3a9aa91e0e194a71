"""Parts used on a demande, over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.consommation import queries, use_cases
from services.inventory.consommation.schemas import SaisieConsommation, VueConsommation
from services.inventory.errors import (
    CodeInconnu,
    ConsommationDejaAnnulee,
    ConsommationInconnue,
    DemandeInconnue,
    DepotAPreciser,
    DepotInconnu,
    EmplacementInconnu,
    ObjetIndisponible,
    ObjetNonLivrable,
    ProduitInconnu,
    QuantiteRefusee,
    StockInsuffisant,
)
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("consommations")
Technicien = Annotated[Actor, may("feuille.preparer")]


@router.get("/demandes/{demande_id}/consommations")
async def lister(
    demande_id: UUID,
    db: Db,
    _actor: Annotated[Actor, may("stock.lire")],
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueConsommation]:
    """The parts used on a demande, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, demande_id, limite=limite, curseur=curseur)


@router.post(
    "/demandes/{demande_id}/consommations",
    status_code=201,
    responses=refusals(
        *(CodeInconnu, DemandeInconnue, DepotAPreciser, DepotInconnu, EmplacementInconnu, ObjetIndisponible),
        *(ObjetNonLivrable, ProduitInconnu, QuantiteRefusee, StockInsuffisant),
    ),
)
async def consommer(demande_id: UUID, saisie: SaisieConsommation, db: Db, actor: Technicien) -> list[VueConsommation]:
    """A part leaves the stock or the van for the client of the demande; one row by object it was taken from."""
    async with db.transaction(actor) as tx:
        consommees = await use_cases.consommer(tx, demande_id, saisie)
        await tx.flush()
        return [VueConsommation.model_validate(c) for c in consommees]


@router.post(
    "/consommations/{consommation_id}/annuler",
    responses=refusals(ConsommationInconnue, ConsommationDejaAnnulee, ObjetIndisponible),
)
async def annuler(consommation_id: UUID, db: Db, actor: Technicien) -> VueConsommation:
    """It was not used after all: it goes back where it was taken."""
    async with db.transaction(actor) as tx:
        annulee = await use_cases.annuler(tx, consommation_id)
        await tx.flush()
        return VueConsommation.model_validate(annulee)
