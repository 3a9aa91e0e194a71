"""The files of a tiers."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.errors import FichierInconnu
from services.contacts.fichier.models import FichierTiers
from services.contacts.fichier.schemas import VueFichier
from shared.web.paging import Cle, Page, paginer


async def lister(session: AsyncSession, tiers_id: UUID, *, limite: int, curseur: str | None) -> Page[VueFichier]:
    """The latest first."""
    requete = select(FichierTiers).where(FichierTiers.tiers_id == tiers_id)
    cles = [Cle(FichierTiers.cree_le, decroissant=True), Cle(FichierTiers.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[VueFichier.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def un(session: AsyncSession, tiers_id: UUID, fichier_id: UUID) -> FichierTiers:
    """The file, when it is one of this tiers."""
    fichier = await session.get(FichierTiers, fichier_id)
    if fichier is None or fichier.tiers_id != tiers_id:
        raise FichierInconnu
    return fichier
