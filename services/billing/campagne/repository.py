"""Loads and locks campagnes, and finds what they bill."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.affaire_client.models import AffaireClient
from services.billing.campagne.models import Campagne
from services.billing.copies.models import CopieContrat
from services.billing.errors import CampagneInconnue
from shared.database.etendue import HORS_ETENDUE
from shared.database.transaction import Transaction


async def get_for_update(tx: Transaction, campagne_id: UUID) -> Campagne:
    """The campagne and its lines, locked until the transaction ends."""
    requete = (
        select(Campagne)
        .where(Campagne.id == campagne_id)
        .options(selectinload(Campagne.lignes))
        .with_for_update(of=Campagne)
    )
    campagne: Campagne | None = (await tx.scalars(requete)).one_or_none()
    if campagne is None:
        raise CampagneInconnue
    return campagne


async def contrats_actifs(tx: Transaction, avant: date) -> Sequence[CopieContrat]:
    """Contracts in force that started by `avant`."""
    requete = select(CopieContrat).where(CopieContrat.etat == "actif", CopieContrat.debut <= avant)
    return (await tx.scalars(requete.order_by(CopieContrat.numero))).all()


async def affaires_par_cle(tx: Transaction, cles: Iterable[str]) -> dict[str, UUID]:
    """The affaires client that these (contract, period) keys already have."""
    prises = select(AffaireClient.cle, AffaireClient.id).where(AffaireClient.cle.in_(list(cles)))
    return {prise.cle: prise.id for prise in await tx.execute(prises.execution_options(**HORS_ETENDUE))}
