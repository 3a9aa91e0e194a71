"""Lists about bons de livraison, straight from SQL to schemas."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.inventory.bon_livraison.models import BonLivraison
from services.inventory.bon_livraison.schemas import ResumeBon, VueBon
from services.inventory.errors import BonInconnu
from services.inventory.piece.schemas import FiltresPiece
from shared.web.paging import Cle, Page, paginer


async def lister(session: AsyncSession, filtres: FiltresPiece, *, limite: int, curseur: str | None) -> Page[ResumeBon]:
    """Bons de livraison, the latest first."""
    requete = select(BonLivraison).filter_by(**filtres.donnes())
    cles = [Cle(BonLivraison.livre_le, decroissant=True), Cle(BonLivraison.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeBon.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, bon_id: UUID) -> VueBon:
    """A whole bon de livraison."""
    bon = await session.get(BonLivraison, bon_id, options=[selectinload(BonLivraison.lignes)])
    if bon is None:
        raise BonInconnu
    return VueBon.model_validate(bon)
