"""Suppliers: the choice offered to buyers, and the purchasing file of one of them."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.achats.schemas import AchatsFournisseur, LigneFournisseur, LigneProduit, VueAgence
from services.purchasing.commande.queries import ecrans as commandes
from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieProduit, CopieTiers
from services.purchasing.errors import FournisseurInconnu
from services.purchasing.negociation import queries as negociations
from services.purchasing.negociation.rules import EtatNegociation
from shared.database.search import correspond
from shared.web.paging import LIMITE_MAX, Cle, Page, paginer


async def lister(session: AsyncSession, *, q: str | None, limite: int, curseur: str | None) -> Page[LigneFournisseur]:
    """Suppliers by name."""
    requete = select(CopieTiers).where(CopieTiers.est_fournisseur.is_(True))
    if (trouve := correspond(CopieTiers, q)) is not None:
        requete = requete.where(trouve)
    cles = [Cle(CopieTiers.nom_tri), Cle(CopieTiers.tiers_id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[LigneFournisseur.model_validate(t) for t in lignes], curseur_suivant=suite)


async def achats(session: AsyncSession, tiers_id: UUID, *, jour: date, couts: bool) -> AchatsFournisseur:
    """Orders in progress and pending negociations of a supplier."""
    fournisseur = await copies.fournisseur(session, tiers_id)
    if fournisseur is None:
        raise FournisseurInconnu
    siennes = commandes.Filtre(en_cours=True, fournisseur_id=tiers_id)
    en_cours = await commandes.lister(session, siennes, jour=jour, limite=LIMITE_MAX, curseur=None, couts=couts)
    pendantes = await negociations.lister(
        session,
        etat=EtatNegociation.OUVERTE,
        fournisseur_id=tiers_id,
        produit_id=None,
        demande_id=None,
        limite=LIMITE_MAX,
        curseur=None,
        couts=couts,
    )
    return AchatsFournisseur(
        tiers_id=tiers_id,
        nom=fournisseur.nom,
        code=fournisseur.code,
        telephone=fournisseur.telephone,
        email=fournisseur.email,
        commandes=en_cours.elements,
        negociations=pendantes.elements,
    )


async def produits(session: AsyncSession, *, q: str, limite: int) -> list[LigneProduit]:
    """Products of the catalogue whose reference, name or barcode holds every word typed."""
    requete = select(CopieProduit).where(CopieProduit.est_actif.is_(True))
    if (trouve := correspond(CopieProduit, q)) is not None:
        requete = requete.where(trouve)
    requete = requete.order_by(CopieProduit.reference, CopieProduit.produit_id).limit(limite)
    return [LigneProduit.model_validate(p) for p in await session.scalars(requete)]


async def agences(session: AsyncSession) -> list[VueAgence]:
    """Every agency, by code."""
    return [VueAgence.model_validate(agence) for agence in await copies.agences(session)]
