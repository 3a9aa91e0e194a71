"""Lists and screens about tiers, straight from SQL to schemas."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.errors import TiersInconnu
from services.contacts.tiers.models import AdresseTiers, Tiers
from services.contacts.tiers.repository import ENTIER
from services.contacts.tiers.schemas import LigneTiers, VueTiers
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

COLONNES = ("id", "code", "nom", "roles", "telephone", "email", "est_public", "encours_ttc")


async def lister(
    session: AsyncSession, *, q: str | None, role: str | None, limite: int, curseur: str | None
) -> Page[LigneTiers]:
    """The directory in alphabetical order, filtered by words, phone digits and role."""
    ville = (
        select(AdresseTiers.ville).where(AdresseTiers.tiers_id == Tiers.id, AdresseTiers.rang == 0).scalar_subquery()
    )
    requete = select(*(getattr(Tiers, c) for c in COLONNES), ville.label("ville"))
    trouve = correspond(Tiers, q)
    if trouve is not None:
        requete = requete.where(trouve)
    if role:
        requete = requete.where(Tiers.roles.contains([role]))
    lignes, suite = await paginer(session, requete, [Cle(Tiers.nom_tri), Cle(Tiers.id)], limite=limite, curseur=curseur)
    noms = (*COLONNES, "ville")
    elements = [LigneTiers.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def fiche(session: AsyncSession, tiers_id: UUID) -> VueTiers:
    """The whole file of one tiers."""
    tiers = await session.get(Tiers, tiers_id, options=ENTIER)
    if tiers is None:
        raise TiersInconnu
    return VueTiers.model_validate(tiers)
