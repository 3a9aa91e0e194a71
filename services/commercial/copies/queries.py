"""Reading the copies: for screens, and for use cases that need a name, a price, an address."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import (
    CopieCollaborateur,
    CopieDemande,
    CopieProduit,
    CopieSociete,
    CopieStock,
    CopieTiers,
)
from services.commercial.copies.schemas import LigneCollaborateur, LigneDemande, LigneProduit
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.database.search import correspond

COLONNES = ("reference", "designation", "famille", "unite", "nature", "est_stockable")
PRIX = ("prix_achat_ht", "prix_vente_ht", "taux_tva")


def avec_stock() -> Select[CopieProduit, str, Decimal]:
    """Products with the name of their supplier and what every agency together has available."""
    stock = (
        select(func.coalesce(func.sum(CopieStock.disponible), 0))
        .where(CopieStock.produit_id == CopieProduit.produit_id)
        .scalar_subquery()
    )
    return select(CopieProduit, CopieTiers.nom, stock.label("stock")).outerjoin(
        CopieTiers, CopieTiers.tiers_id == CopieProduit.fournisseur_id
    )


def en_ligne(produit: CopieProduit, fournisseur: str | None, stock: Decimal, *, couts: bool) -> LigneProduit:
    """A product as screens show it."""
    valeurs = {champ: getattr(produit, champ) for champ in (*COLONNES, *PRIX)}
    if not couts:
        valeurs["prix_achat_ht"] = None
    return LigneProduit.model_validate(
        {"id": produit.produit_id, **valeurs, "fournisseur_nom": fournisseur, "stock": stock}
    )


async def chercher_produits(session: AsyncSession, q: str | None, *, couts: bool, limite: int) -> list[LigneProduit]:
    """Active products by reference, designation, EAN or supplier's reference; an exact reference comes first."""
    saisie = (q or "").strip()
    choix = avec_stock().where(CopieProduit.est_actif)
    if (trouve := correspond(CopieProduit, saisie)) is not None:
        choix = choix.where(trouve)
    exact = func.lower(CopieProduit.reference) == saisie.lower()
    choix = choix.order_by(exact.desc(), CopieProduit.reference, CopieProduit.produit_id).limit(limite)
    lignes = await session.execute(choix)
    return [en_ligne(produit, fournisseur, stock, couts=couts) for produit, fournisseur, stock in lignes]


async def produits(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, CopieProduit]:
    """Products by id; those not known are absent."""
    lignes = await session.scalars(select(CopieProduit).where(CopieProduit.produit_id.in_(ids)))
    return {produit.produit_id: produit for produit in lignes}


async def tiers(session: AsyncSession, tiers_id: UUID) -> FicheTiers | None:
    """What is known of a tiers."""
    copie = await session.get(CopieTiers, tiers_id)
    return FicheTiers.model_validate(copie.fiche) if copie else None


async def societe(session: AsyncSession) -> SocieteModifiee | None:
    """Who we are, once the company's file was written."""
    copie = (await session.scalars(select(CopieSociete).limit(1))).one_or_none()
    return SocieteModifiee.model_validate(copie.fiche) if copie else None


async def collaborateurs(session: AsyncSession) -> list[LigneCollaborateur]:
    """Everybody who still works here, by name."""
    choix = (
        select(CopieCollaborateur.collaborateur_id, CopieCollaborateur.nom)
        .where(CopieCollaborateur.est_actif)
        .order_by(CopieCollaborateur.nom)
    )
    return [LigneCollaborateur(id=id_, nom=nom) for id_, nom in await session.execute(choix)]


async def demandes(session: AsyncSession, q: str | None, *, limite: int) -> list[LigneDemande]:
    """The latest demandes, or those whose number, object or client has words starting as typed."""
    noms = ("numero", "objet", "tiers_id", "tiers_nom")
    choix = select(CopieDemande.demande_id, *(getattr(CopieDemande, nom) for nom in noms))
    if (trouve := correspond(CopieDemande, q)) is not None:
        choix = choix.where(trouve)
    choix = choix.order_by(CopieDemande.demande_id.desc()).limit(limite)
    lignes = await session.execute(choix)
    return [LigneDemande.model_validate(dict(zip(("id", *noms), ligne, strict=True))) for ligne in lignes]
