"""Shelves and their products, for the left panel: two statements whatever their number."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieProduit
from services.commercial.rayon.models import ProduitRayon, Rayon
from services.commercial.rayon.schemas import ProduitRange, VueRayon

RAYONS_MAX = 100


def siens(qui: UUID | None) -> ColumnElement[bool]:
    """Those somebody sees: everybody's and their own."""
    return or_(Rayon.proprietaire_id.is_(None), Rayon.proprietaire_id == qui)


async def lister(
    session: AsyncSession, *, couts: bool, qui: UUID | None, rayon_id: UUID | None = None
) -> list[VueRayon]:
    """The shelves `qui` sees, their own first, or one; products no longer sold are left out."""
    partage = Rayon.proprietaire_id.is_(None)
    choix = select(Rayon).where(siens(qui)).order_by(partage, Rayon.rang, Rayon.nom).limit(RAYONS_MAX)
    if rayon_id is not None:
        choix = choix.where(Rayon.id == rayon_id)
    rayons = list(await session.scalars(choix))
    produits = (
        copies.avec_stock()
        .add_columns(ProduitRayon.rayon_id, ProduitRayon.quantite)
        .join(ProduitRayon, ProduitRayon.produit_id == CopieProduit.produit_id)
        .where(ProduitRayon.rayon_id.in_([rayon.id for rayon in rayons]), CopieProduit.est_actif)
        .order_by(ProduitRayon.rang, ProduitRayon.id)
    )
    ranges: dict[UUID, list[ProduitRange]] = {}
    for produit, fournisseur, stock, rangee, quantite in await session.execute(produits):
        ligne = copies.en_ligne(produit, fournisseur, stock, couts=couts)
        ranges.setdefault(rangee, []).append(ProduitRange(**ligne.model_dump(), quantite=quantite))
    return [
        VueRayon(
            id=r.id,
            version=r.version,
            nom=r.nom,
            icone=r.icone,
            rang=r.rang,
            est_personnel=r.proprietaire_id is not None,
            produits=ranges.get(r.id, []),
        )
        for r in rayons
    ]
