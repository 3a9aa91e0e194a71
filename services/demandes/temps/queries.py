"""Time spent, straight from SQL to schemas."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.demande.models import Demande
from services.demandes.temps.models import Temps
from services.demandes.temps.schemas import LigneTemps, TotalTemps, VueTemps
from shared.web.paging import Cle, Page, paginer

ENTREES_MAX = 1000
COLONNES = tuple(VueTemps.model_fields)


async def de_la_demande(session: AsyncSession, demande_id: UUID) -> TotalTemps:
    """Every entry of a demande, oldest first, and their sum."""
    requete = select(Temps).where(Temps.demande_id == demande_id).order_by(Temps.jour, Temps.id).limit(ENTREES_MAX)
    elements = [VueTemps.model_validate(t) for t in await session.scalars(requete)]
    return TotalTemps(elements=elements, total_minutes=sum(t.minutes for t in elements))


async def lister(
    session: AsyncSession,
    *,
    collaborateur_id: UUID | None,
    du: date | None,
    au: date | None,
    limite: int,
    curseur: str | None,
) -> Page[LigneTemps]:
    """All time spent, latest day first."""
    requete = select(*(getattr(Temps, c) for c in COLONNES), Demande.numero, Demande.tiers_nom, Demande.objet).join(
        Demande, Demande.id == Temps.demande_id
    )
    if collaborateur_id is not None:
        requete = requete.where(Temps.collaborateur_id == collaborateur_id)
    if du is not None:
        requete = requete.where(Temps.jour >= du)
    if au is not None:
        requete = requete.where(Temps.jour <= au)
    cles = [Cle(Temps.jour, decroissant=True), Cle(Temps.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = (*COLONNES, "demande_numero", "tiers_nom", "objet")
    elements = [LigneTemps.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)
