"""Lists about PV de réception."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.errors import PvInconnu
from services.inventory.piece.schemas import FiltresPiece
from services.inventory.pv_reception.models import PvReception
from services.inventory.pv_reception.schemas import ResumePv, VuePv
from shared.web.paging import Cle, Page, paginer


async def lister(session: AsyncSession, filtres: FiltresPiece, *, limite: int, curseur: str | None) -> Page[ResumePv]:
    """PV, the latest first."""
    requete = select(PvReception).filter_by(**filtres.donnes())
    cles = [Cle(PvReception.signe_le, decroissant=True), Cle(PvReception.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumePv.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, pv_id: UUID) -> VuePv:
    """One PV."""
    return VuePv.model_validate(await entier(session, pv_id))


async def entier(session: AsyncSession, pv_id: UUID) -> PvReception:
    """The PV with its signature; PvInconnu."""
    pv = await session.get(PvReception, pv_id)
    if pv is None:
        raise PvInconnu
    return pv
