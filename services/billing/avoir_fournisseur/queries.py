"""Lists about credits of suppliers."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.billing.avoir_fournisseur.models import AvoirAttendu
from services.billing.avoir_fournisseur.schemas import ResumeAvoir, TotauxAvoirs, VueAvoir
from services.billing.errors import AvoirFournisseurInconnu
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, paginer


async def lister(
    session: AsyncSession, *, est_attendu: bool | None, limite: int, curseur: str | None
) -> Page[ResumeAvoir]:
    """Credits of suppliers, newest first; only those something is still awaited of, or nothing."""
    requete = select(AvoirAttendu)
    if est_attendu is not None:
        requete = requete.where(AvoirAttendu.reste_ht > 0 if est_attendu else AvoirAttendu.reste_ht == 0)
    cles = [Cle(AvoirAttendu.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeAvoir.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def totaliser(session: AsyncSession) -> TotauxAvoirs:
    """What is still awaited, all suppliers together."""
    sommes: Select[*tuple[Any, ...]] = select(func.count(), func.coalesce(func.sum(AvoirAttendu.reste_ht), ZERO))
    ligne: Any = (await session.execute(sommes.where(AvoirAttendu.reste_ht > 0))).one()
    return TotauxAvoirs(nombre=ligne[0], reste_ht=ligne[1])


async def fiche(session: AsyncSession, avoir_id: UUID) -> VueAvoir:
    """One of them, with the credit notes that came."""
    avoir = await session.get(AvoirAttendu, avoir_id, options=[selectinload(AvoirAttendu.recus)])
    if avoir is None:
        raise AvoirFournisseurInconnu
    return VueAvoir.model_validate(avoir)
