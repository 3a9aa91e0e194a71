"""The notes of a tiers, page by page."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.note.models import NoteTiers
from services.contacts.note.schemas import VueNote
from shared.web.paging import Cle, Page, paginer


async def lister(session: AsyncSession, tiers_id: UUID, *, limite: int, curseur: str | None) -> Page[VueNote]:
    """Latest first."""
    cles = [Cle(NoteTiers.le, decroissant=True), Cle(NoteTiers.id, decroissant=True)]
    requete = select(NoteTiers).where(NoteTiers.tiers_id == tiers_id)
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[VueNote.model_validate(note) for note in lignes], curseur_suivant=suite)
