"""Lists and screens about affaires client."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.billing.affaire_client.models import AffaireClient, EtatAffaire
from services.billing.affaire_client.schemas import ResumeAffaire, VueAffaire
from services.billing.errors import AffaireClientInconnue
from shared.web.paging import Cle, Page, paginer


async def lister(
    session: AsyncSession,
    *,
    etat: EtatAffaire | None,
    tiers_id: UUID | None,
    demande_id: UUID | None,
    limite: int,
    curseur: str | None,
) -> Page[ResumeAffaire]:
    """Affaires client, newest first."""
    requete = select(AffaireClient)
    for colonne, valeur in (
        (AffaireClient.etat, etat),
        (AffaireClient.tiers_id, tiers_id),
        (AffaireClient.demande_id, demande_id),
    ):
        if valeur is not None:
            requete = requete.where(colonne == valeur)
    lignes, suite = await paginer(
        session, requete, [Cle(AffaireClient.id, decroissant=True)], limite=limite, curseur=curseur
    )
    return Page(elements=[ResumeAffaire.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, affaire_id: UUID) -> VueAffaire:
    """The whole affaire client."""
    affaire = await session.get(AffaireClient, affaire_id, options=[selectinload(AffaireClient.lignes)])
    if affaire is None:
        raise AffaireClientInconnue
    return VueAffaire.model_validate(affaire)
