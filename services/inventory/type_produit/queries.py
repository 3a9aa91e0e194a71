"""Lists and screens about product types."""

from uuid import UUID

from sqlalchemy import column, func, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.errors import TypeProduitInconnu
from services.inventory.type_produit.models import TypeProduit
from services.inventory.type_produit.schemas import VueTypeProduit
from shared.kernel.text import normaliser_recherche

PRODUIT = table("produit", column("type_id"))
TYPES_AU_PLUS = 300


async def lister(session: AsyncSession, *, actifs: bool) -> list[VueTypeProduit]:
    """Every type in alphabetical order (a company has a few dozen), with the number of its products."""
    compte = select(func.count()).select_from(PRODUIT).where(PRODUIT.c.type_id == TypeProduit.id).scalar_subquery()
    requete = select(TypeProduit, compte).order_by(TypeProduit.libelle).limit(TYPES_AU_PLUS)
    if actifs:
        requete = requete.where(TypeProduit.est_actif)
    vues = [_vue(t, nombre) for t, nombre in (await session.execute(requete)).all()]
    return sorted(vues, key=lambda t: normaliser_recherche(t.libelle))


async def fiche(session: AsyncSession, type_id: UUID) -> VueTypeProduit:
    """One type."""
    trouve = await session.get(TypeProduit, type_id)
    if trouve is None:
        raise TypeProduitInconnu
    nombre = await session.scalar(select(func.count()).select_from(PRODUIT).where(PRODUIT.c.type_id == type_id))
    return _vue(trouve, nombre or 0)


def _vue(trouve: TypeProduit, nombre: int) -> VueTypeProduit:
    return VueTypeProduit.model_validate(trouve).model_copy(update={"nombre_produits": nombre})
