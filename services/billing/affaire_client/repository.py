"""Loads, locks and adds whole affaires client."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, union
from sqlalchemy.orm import aliased, selectinload

from services.billing.affaire_client.models import AffaireClient, LigneAffaire
from services.billing.errors import AffaireClientInconnue
from shared.database.statements import among
from shared.database.transaction import Transaction

DEMANDEE = aliased(AffaireClient)
PARENTES = select(AffaireClient.id).join(DEMANDEE, DEMANDEE.vente_id == AffaireClient.vente_id)
PLUSIEURS = (
    select(AffaireClient)
    .where(
        AffaireClient.id.in_(
            union(
                select(AffaireClient.id).where(among(AffaireClient.id, "ids")),
                PARENTES.where(among(DEMANDEE.id, "ids")),
            )
        )
    )
    .order_by(AffaireClient.id)
    .options(selectinload(AffaireClient.lignes))
    .with_for_update(of=AffaireClient)
)


async def get_for_update(tx: Transaction, affaire_client_id: UUID) -> AffaireClient:
    """The affaire client, locked until the transaction ends."""
    trouvees = await plusieurs_for_update(tx, [affaire_client_id])
    if not trouvees:
        raise AffaireClientInconnue
    return trouvees[affaire_client_id]


async def plusieurs_for_update(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, AffaireClient]:
    """Those of `ids` that exist, and what else is billed of the same sales, locked in one sequence whoever asks."""
    return {affaire.id: affaire for affaire in await tx.scalars(PLUSIEURS, {"ids": list(ids)})}


async def par_cle(tx: Transaction, cle: str) -> AffaireClient | None:
    """The affaire client that bills `cle`, locked, if it exists."""
    requete = (
        select(AffaireClient)
        .where(AffaireClient.cle == cle)
        .options(selectinload(AffaireClient.lignes))
        .with_for_update(of=AffaireClient)
    )
    affaire: AffaireClient | None = (await tx.scalars(requete)).one_or_none()
    return affaire


async def de_la_vente(tx: Transaction, vente_id: UUID) -> list[AffaireClient]:
    """Whatever is billed of a sale, locked, in one sequence whoever asks."""
    requete = (
        select(AffaireClient)
        .where(AffaireClient.vente_id == vente_id)
        .order_by(AffaireClient.id)
        .options(selectinload(AffaireClient.lignes))
        .with_for_update(of=AffaireClient)
    )
    return list(await tx.scalars(requete))


async def par_temps(tx: Transaction, temps_id: UUID) -> AffaireClient | None:
    """The affaire client one of whose lines bills that time, locked, if it exists."""
    return await _par_ligne(tx, LigneAffaire.temps_id == temps_id)


async def par_consommation(tx: Transaction, consommation_id: UUID) -> AffaireClient | None:
    """The affaire client one of whose lines bills that part, locked, if it exists."""
    return await _par_ligne(tx, LigneAffaire.consommation_id == consommation_id)


async def _par_ligne(tx: Transaction, condition: ColumnElement[bool]) -> AffaireClient | None:
    affaire_id: UUID | None = await tx.scalar(select(LigneAffaire.affaire_client_id).where(condition).limit(1))
    return await get_for_update(tx, affaire_id) if affaire_id else None
