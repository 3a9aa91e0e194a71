"""Mails to suppliers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Request, Response

from services.purchasing.envoi import queries, use_cases
from services.purchasing.envoi.models import GenreEnvoi
from services.purchasing.envoi.schemas import ProjetEnvoi, SaisieDemandePrix, SaisieEnvoi, VueEnvoi
from services.purchasing.errors import (
    CommandeEnAttente,
    CommandeFigee,
    CommandeInconnue,
    CommandeRefusee,
    EnvoiInconnu,
    FournisseurInconnu,
    NegociationAutreFournisseur,
    NegociationFigee,
    NegociationInconnue,
)
from shared.courriel.errors import AdresseInvalide
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.kernel.refusals import PermissionManquante
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("envois")

Lecteur = Annotated[Actor, may("achat.lire")]
Acheteur = Annotated[Actor, may("achat.modifier")]


@router.get("/envois")
async def lister(
    db: Db,
    _actor: Lecteur,
    negociation_id: UUID | None = None,
    commande_id: UUID | None = None,
    fournisseur_id: UUID | None = None,
) -> list[VueEnvoi]:
    """The last mails about a negociation, an order or a supplier, the latest first."""
    async with db.read() as session:
        return await queries.lister(
            session, negociation_id=negociation_id, commande_id=commande_id, fournisseur_id=fournisseur_id
        )


@router.get("/envois/{envoi_id}/document", response_class=Response, responses=refusals(EnvoiInconnu))
async def document(envoi_id: UUID, request: Request, db: Db, actor: Lecteur) -> Response:
    """The exact file that left; that of an order shows prices, so « couts.voir » is needed."""
    async with db.read() as session:
        envoi = await queries.document(session, envoi_id)
    if envoi.genre is GenreEnvoi.COMMANDE and not actor.may("couts.voir"):
        raise PermissionManquante(permission="couts.voir")
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(envoi.document_sha256 or "")
    return Response(contenu, media_type="application/pdf", headers=a_montrer(envoi.document_nom))


@router.get("/fournisseurs/{tiers_id}/projet-demande-prix", responses=refusals(FournisseurInconnu))
async def projet_demande_prix(tiers_id: UUID, db: Db, _actor: Acheteur) -> ProjetEnvoi:
    """What the request for prices starts from."""
    async with db.read() as session:
        return await queries.projet_demande_prix(session, tiers_id)


@router.post(
    "/demandes-prix",
    status_code=202,
    responses=refusals(NegociationInconnue, NegociationFigee, NegociationAutreFournisseur, AdresseInvalide),
)
async def demander_prix(saisie: SaisieDemandePrix, db: Db, actor: Acheteur) -> VueEnvoi:
    """Ask a supplier for the prices of several negociations in one mail; `GET /envois` tells how it went."""
    async with db.transaction(actor) as tx:
        envoi = await use_cases.demander_prix(tx, saisie)
    return VueEnvoi.model_validate(envoi)


@router.get("/commandes/{commande_id}/projet-envoi", responses=refusals(CommandeInconnue))
async def projet_commande(commande_id: UUID, db: Db, _actor: Acheteur) -> ProjetEnvoi:
    """What the sending of an order starts from."""
    async with db.read() as session:
        return await queries.projet_commande(session, commande_id)


@router.post(
    "/commandes/{commande_id}/envoyer",
    status_code=202,
    responses=refusals(CommandeInconnue, CommandeEnAttente, CommandeRefusee, CommandeFigee, AdresseInvalide),
)
async def envoyer_commande(commande_id: UUID, saisie: SaisieEnvoi, db: Db, actor: Acheteur) -> VueEnvoi:
    """Mail an order to its supplier; `GET /envois` tells how it went."""
    async with db.transaction(actor) as tx:
        envoi = await use_cases.envoyer_commande(tx, commande_id, saisie)
    return VueEnvoi.model_validate(envoi)
