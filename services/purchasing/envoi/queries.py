"""What was mailed to suppliers, and what the sending dialogs start from."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.commande.queries import ecrans as commandes
from services.purchasing.copies import queries as copies
from services.purchasing.envoi.models import Envoi, NegociationDemandee
from services.purchasing.envoi.schemas import ProjetEnvoi, VueEnvoi
from services.purchasing.errors import EnvoiInconnu, FournisseurInconnu

ENVOIS_MAX = 50


async def lister(
    session: AsyncSession, *, negociation_id: UUID | None, commande_id: UUID | None, fournisseur_id: UUID | None
) -> list[VueEnvoi]:
    """The last mails about a negociation, an order or a supplier, the latest first."""
    choix = select(Envoi).order_by(Envoi.id.desc()).limit(ENVOIS_MAX)
    if negociation_id is not None:
        siens = select(NegociationDemandee.envoi_id).where(NegociationDemandee.negociation_id == negociation_id)
        choix = choix.where(Envoi.id.in_(siens))
    if commande_id is not None:
        choix = choix.where(Envoi.commande_id == commande_id)
    if fournisseur_id is not None:
        choix = choix.where(Envoi.fournisseur_id == fournisseur_id)
    return [VueEnvoi.model_validate(envoi) for envoi in await session.scalars(choix)]


async def document(session: AsyncSession, envoi_id: UUID) -> Envoi:
    """A mail that left with its file; EnvoiInconnu."""
    envoi = await session.get(Envoi, envoi_id)
    if envoi is None or envoi.document_sha256 is None:
        raise EnvoiInconnu
    return envoi


async def projet_demande_prix(session: AsyncSession, fournisseur_id: UUID) -> ProjetEnvoi:
    """A polite request ready to be corrected. It names no project: what is bought for whom is nobody's business."""
    fournisseur = await copies.fournisseur(session, fournisseur_id)
    if fournisseur is None:
        raise FournisseurInconnu
    return ProjetEnvoi(
        destinataires=[fournisseur.email] if fournisseur.email else [],
        sujet="Demande de prix",
        message=(
            "Bonjour,\n\n"
            "Merci de nous indiquer votre meilleur prix unitaire HT et votre délai pour les articles de la liste "
            "jointe.\n\n"
            "Si une référence est remplacée, précisez-nous la nouvelle."
        ),
    )


async def projet_commande(session: AsyncSession, commande_id: UUID) -> ProjetEnvoi:
    """The mail that carries an order."""
    commande = await commandes.entiere(session, commande_id)
    fournisseur = await copies.fournisseur(session, commande.fournisseur_id)
    return ProjetEnvoi(
        destinataires=[fournisseur.email] if fournisseur and fournisseur.email else [],
        sujet=f"Bon de commande {commande.numero}",
        message=(
            "Bonjour,\n\n"
            f"Veuillez trouver ci-joint notre bon de commande {commande.numero}.\n\n"
            "Merci de nous confirmer sa réception et le délai de livraison."
        ),
    )
