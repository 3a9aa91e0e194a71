"""Invoices over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request, Response

from services.billing.errors import (
    AdresseManquante,
    AffaireClientInconnue,
    AffaireDejaFacturee,
    AffaireNegative,
    AvoirImpossible,
    CanalIncoherent,
    CourrielManquant,
    DocumentEnPreparation,
    FactureInconnue,
    ReglementTropGrand,
)
from services.billing.facture import queries, use_cases
from services.billing.facture.schemas import (
    DemandeEnvoi,
    DossierFacture,
    EnvoiManuel,
    ResumeFacture,
    SaisieAvoir,
    SaisieReglement,
    TotauxFactures,
    VueEnvoi,
    VueFacture,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("factures")
Situation = Literal["en_retard", "non_payee", "a_envoyer", "emise", "envoyee", "payee"]


def _filtre(
    db: Db,
    q: Recherche = None,
    tiers_id: UUID | None = None,
    demande_id: UUID | None = None,
    situation: Situation | None = None,
) -> queries.Filtre:
    aujourd_hui = jour_paris(db.database.clock.now())
    return queries.Filtre(q=q, tiers_id=tiers_id, demande_id=demande_id, situation=situation, aujourd_hui=aujourd_hui)


Filtre = Annotated[queries.Filtre, Depends(_filtre)]


@router.get("/factures")
async def lister(
    db: Db, filtre: Filtre, _actor: Annotated[Actor, may("facture.lire")], limite: Limite = 50, curseur: Curseur = None
) -> Page[ResumeFacture]:
    """Customer invoices, newest first."""
    async with db.read() as session:
        return await queries.lister(session, filtre, limite=limite, curseur=curseur)


@router.get("/factures/totaux")
async def totaux(db: Db, filtre: Filtre, _actor: Annotated[Actor, may("facture.lire")]) -> TotauxFactures:
    """What the same filters add up to."""
    async with db.read() as session:
        return await queries.totaliser(session, filtre)


@router.get("/factures/{facture_id}", responses=refusals(FactureInconnue))
async def fiche(facture_id: UUID, db: Db, _actor: Annotated[Actor, may("facture.lire")]) -> DossierFacture:
    """An invoice, its sendings and payments."""
    async with db.read() as session:
        return await queries.dossier(session, facture_id)


@router.get("/factures/{facture_id}/document", responses=refusals(FactureInconnue, DocumentEnPreparation))
async def document(
    facture_id: UUID, request: Request, db: Db, _actor: Annotated[Actor, may("facture.lire")]
) -> Response:
    """The PDF exactly as issued: the kept file, never a new rendering."""
    async with db.read() as session:
        numero, sha256 = await queries.document(session, facture_id)
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(sha256)
    return Response(
        contenu, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{numero}.pdf"'}
    )


@router.post(
    "/affaires-client/{affaire_id}/facturer",
    status_code=201,
    responses=refusals(AffaireClientInconnue, AffaireDejaFacturee, AffaireNegative, AdresseManquante),
)
async def emettre(affaire_id: UUID, db: Db, actor: Annotated[Actor, may("facture.emettre")]) -> VueFacture:
    """Issue the invoice of an affaire client: it takes its number and can no longer change."""
    async with db.transaction(actor) as tx:
        facture = await use_cases.emettre(tx, affaire_id)
    return VueFacture.model_validate(facture)


@router.post(
    "/factures/{facture_id}/envoyer",
    status_code=202,
    responses=refusals(FactureInconnue, CourrielManquant, CanalIncoherent),
)
async def envoyer(
    facture_id: UUID, saisie: DemandeEnvoi, db: Db, actor: Annotated[Actor, may("facture.emettre")]
) -> VueEnvoi:
    """Mail the invoice; the answer comes at once, the mail leaves a moment later."""
    async with db.transaction(actor) as tx:
        envoi = await use_cases.demander_envoi(tx, facture_id, saisie.destinataires)
    return VueEnvoi.model_validate(envoi)


@router.post("/factures/{facture_id}/marquer-envoyee", responses=refusals(FactureInconnue))
async def marquer_envoyee(
    facture_id: UUID, saisie: EnvoiManuel, db: Db, actor: Annotated[Actor, may("facture.emettre")]
) -> VueFacture:
    """Say that the invoice was deposited on Chorus Pro or posted."""
    async with db.transaction(actor) as tx:
        facture = await use_cases.marquer_envoyee(tx, facture_id, saisie)
    return VueFacture.model_validate(facture)


@router.post(
    "/factures/{facture_id}/reglements", status_code=201, responses=refusals(FactureInconnue, ReglementTropGrand)
)
async def encaisser(
    facture_id: UUID, saisie: SaisieReglement, db: Db, actor: Annotated[Actor, may("reglement.saisir")]
) -> VueFacture:
    """Record a payment."""
    async with db.transaction(actor) as tx:
        facture = await use_cases.encaisser(tx, facture_id, saisie)
    return VueFacture.model_validate(facture)


@router.post("/factures/{facture_id}/avoir", status_code=201, responses=refusals(FactureInconnue, AvoirImpossible))
async def crediter(
    facture_id: UUID, saisie: SaisieAvoir, db: Db, actor: Annotated[Actor, may("facture.emettre")]
) -> VueFacture:
    """An avoir for the whole invoice."""
    async with db.transaction(actor) as tx:
        avoir = await use_cases.crediter(tx, facture_id, saisie.motif)
    return VueFacture.model_validate(avoir)
