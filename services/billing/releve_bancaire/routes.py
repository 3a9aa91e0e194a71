"""Bank statements over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends

from services.billing.errors import (
    FactureInconnue,
    MontantNonAffecte,
    OperationDebitrice,
    OperationDejaTraitee,
    OperationInconnue,
    ReleveIllisible,
    ReleveIncoherent,
    ReleveInconnu,
)
from services.billing.releve_bancaire import queries, use_cases
from services.billing.releve_bancaire.rules.rapprochement import EtatOperation
from services.billing.releve_bancaire.schemas import (
    ChoixFactures,
    DossierOperation,
    FichierReleve,
    Mise,
    TotauxOperations,
    VueOperation,
    VueReleve,
)
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("releves-bancaires")
Lecteur = Annotated[Actor, may("facture.lire")]
Comptable = Annotated[Actor, may("reglement.saisir")]


def _filtre(
    q: Recherche = None, etat: EtatOperation | None = None, sens: Literal["entrees", "sorties"] | None = None
) -> queries.Filtre:
    return queries.Filtre(q, etat, sens)


Filtre = Annotated[queries.Filtre, Depends(_filtre)]


@router.post(
    "/releves-bancaires", status_code=201, responses=refusals(ReleveInconnu, ReleveIllisible, ReleveIncoherent)
)
async def importer(saisie: FichierReleve, db: Db, actor: Comptable) -> list[VueReleve]:
    """Import a file of the bank: what is certain is matched, what another file brought is recognised."""
    async with db.transaction(actor) as tx:
        releves = await use_cases.importer(tx, saisie.nom, saisie.contenu)
    return [VueReleve.model_validate(releve) for releve in releves]


@router.get("/operations-bancaires")
async def lister(
    db: Db, filtre: Filtre, _actor: Lecteur, limite: Limite = 50, curseur: Curseur = None
) -> Page[VueOperation]:
    """Operations, the latest first, with the invoices each settled."""
    async with db.read() as session:
        return await queries.lister(session, filtre, limite=limite, curseur=curseur)


@router.get("/operations-bancaires/totaux")
async def totaux(db: Db, filtre: Filtre, _actor: Lecteur) -> TotauxOperations:
    """What the same filters add up to."""
    async with db.read() as session:
        return await queries.totaliser(session, filtre)


@router.get("/operations-bancaires/{operation_id}", responses=refusals(OperationInconnue))
async def fiche(operation_id: UUID, db: Db, _actor: Lecteur) -> DossierOperation:
    """An operation and the invoices it may pay."""
    async with db.read() as session:
        return await queries.dossier(session, operation_id)


@router.post(
    "/operations-bancaires/{operation_id}/rapprocher",
    status_code=204,
    responses=refusals(OperationInconnue, OperationDejaTraitee, OperationDebitrice, FactureInconnue, MontantNonAffecte),
)
async def rapprocher(operation_id: UUID, saisie: ChoixFactures, db: Db, actor: Comptable) -> None:
    """Say which invoices it pays, in the order they take the money."""
    async with db.transaction(actor) as tx:
        await use_cases.rapprocher(tx, operation_id, saisie.facture_ids)


@router.post(
    "/operations-bancaires/{operation_id}/ecarter",
    status_code=204,
    responses=refusals(OperationInconnue, OperationDejaTraitee),
)
async def ecarter(operation_id: UUID, saisie: Mise, db: Db, actor: Comptable) -> None:
    """It pays no invoice: say what it is."""
    async with db.transaction(actor) as tx:
        await use_cases.ecarter(tx, operation_id, saisie.motif)


@router.post(
    "/operations-bancaires/{operation_id}/rouvrir",
    status_code=204,
    responses=refusals(OperationInconnue, OperationDejaTraitee),
)
async def rouvrir(operation_id: UUID, db: Db, actor: Comptable) -> None:
    """Set aside by mistake."""
    async with db.transaction(actor) as tx:
        await use_cases.rouvrir(tx, operation_id)
