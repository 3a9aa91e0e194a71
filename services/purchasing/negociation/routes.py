"""Negociations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.purchasing.errors import (
    BesoinAutreProduit,
    BesoinEnDouble,
    BesoinInconnu,
    FournisseurInconnu,
    NegociationFigee,
    NegociationInconnue,
    NegociationTransition,
    ProduitInconnu,
    RepartitionTropGrande,
)
from services.purchasing.negociation import queries, use_cases
from services.purchasing.negociation.rules import EtatNegociation
from services.purchasing.negociation.schemas import (
    Comparaison,
    ModificationNegociation,
    SaisieNegociation,
    SaisieNegociations,
    VueNegociation,
)
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("negociations")

Lecteur = Annotated[Actor, may("achat.lire")]
Acheteur = Annotated[Actor, may("achat.modifier")]
REPARTITION = (BesoinInconnu, BesoinEnDouble, BesoinAutreProduit, RepartitionTropGrande)


@router.get("/negociations")
async def lister(
    db: Db,
    actor: Lecteur,
    etat: EtatNegociation | None = None,
    fournisseur_id: UUID | None = None,
    produit_id: UUID | None = None,
    demande_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueNegociation]:
    """Negociations, the most recent first."""
    async with db.read() as session:
        return await queries.lister(
            session,
            etat=etat,
            fournisseur_id=fournisseur_id,
            produit_id=produit_id,
            demande_id=demande_id,
            limite=limite,
            curseur=curseur,
            couts=actor.may("couts.voir"),
        )


@router.post("/negociations", status_code=201, responses=refusals(FournisseurInconnu, ProduitInconnu, *REPARTITION))
async def ouvrir(saisie: SaisieNegociation, db: Db, actor: Acheteur) -> VueNegociation:
    """Ask a supplier for a price, for one or several projects."""
    async with db.transaction(actor) as tx:
        negociation = await use_cases.ouvrir(tx, saisie)
    return queries.vue(negociation, couts=actor.may("couts.voir"))


@router.post("/negociations/lot", status_code=201, responses=refusals(FournisseurInconnu, ProduitInconnu, *REPARTITION))
async def ouvrir_plusieurs(saisie: SaisieNegociations, db: Db, actor: Acheteur) -> list[VueNegociation]:
    """Ask a supplier for the prices of several products, all or none."""
    async with db.transaction(actor) as tx:
        negociations = await use_cases.ouvrir_plusieurs(tx, saisie, saisie.offres)
    return [queries.vue(negociation, couts=actor.may("couts.voir")) for negociation in negociations]


@router.get("/comparaison")
async def comparer(
    demande_id: UUID, db: Db, _lecteur: Lecteur, _actor: Annotated[Actor, may("couts.voir")]
) -> Comparaison:
    """What each supplier offers for the products of a demande: totals, delays, the best of each."""
    async with db.read() as session:
        return await queries.comparer(session, demande_id)


@router.get("/negociations/rivales")
async def rivales(
    db: Db, actor: Lecteur, ids: Annotated[list[UUID], Query(min_length=1, max_length=300)]
) -> list[VueNegociation]:
    """What other suppliers offer for the needs of these negociations; `est_couverte` when ordering these leaves nothing of it."""
    async with db.read() as session:
        return await queries.rivales(session, ids, couts=actor.may("couts.voir"))


@router.get("/negociations/{negociation_id}", responses=refusals(NegociationInconnue))
async def fiche(negociation_id: UUID, db: Db, actor: Lecteur) -> VueNegociation:
    """One negociation."""
    async with db.read() as session:
        return await queries.fiche(session, negociation_id, couts=actor.may("couts.voir"))


@router.patch(
    "/negociations/{negociation_id}",
    responses=refusals(NegociationInconnue, NegociationFigee, VersionPerimee, *REPARTITION),
)
async def modifier(
    negociation_id: UUID, saisie: ModificationNegociation, db: Db, version: IfMatch, actor: Acheteur
) -> VueNegociation:
    """Change what is being negotiated; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        negociation = await use_cases.modifier(tx, negociation_id, saisie, version)
    return queries.vue(negociation, couts=actor.may("couts.voir"))


@router.post("/negociations/{negociation_id}/fermer", responses=refusals(NegociationInconnue, NegociationTransition))
async def fermer(negociation_id: UUID, db: Db, version: IfMatch, actor: Acheteur) -> VueNegociation:
    """No longer useful."""
    async with db.transaction(actor) as tx:
        negociation = await use_cases.passer(tx, negociation_id, EtatNegociation.FERMEE, version)
    return queries.vue(negociation, couts=actor.may("couts.voir"))


@router.post("/negociations/{negociation_id}/rouvrir", responses=refusals(NegociationInconnue, NegociationTransition))
async def rouvrir(negociation_id: UUID, db: Db, version: IfMatch, actor: Acheteur) -> VueNegociation:
    """Useful after all."""
    async with db.transaction(actor) as tx:
        negociation = await use_cases.passer(tx, negociation_id, EtatNegociation.OUVERTE, version)
    return queries.vue(negociation, couts=actor.may("couts.voir"))
