"""Loads, locks and finds demandes."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.demandes.demande.models import Demande
from services.demandes.errors import DemandeInconnue
from shared.database.statements import among, once
from shared.database.transaction import Transaction

PLUSIEURS = (
    select(Demande)
    .where(among(Demande.id, "ids"))
    .order_by(Demande.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
# An earlier fact of the same delivery may have moved one, and not be written yet: a statement of columns writes it first.
OU_EN_SONT = once(
    select(Demande.id, Demande.type_id, Demande.etat_code)
    .where(among(Demande.id, "ids"))
    .order_by(Demande.id)
    .with_for_update()
)
EXISTANTES = once(select(Demande.id).where(among(Demande.id, "ids")).order_by(Demande.id))


async def get_for_update(tx: Transaction, demande_id: UUID) -> Demande:
    """The demande, locked until the transaction ends."""
    demande = await tx.get(Demande, demande_id, with_for_update=True)
    if demande is None:
        raise DemandeInconnue
    return demande


async def plusieurs_for_update(tx: Transaction, ids: Collection[UUID]) -> list[Demande]:
    """These demandes, locked in the order of their ids so that two handlers never wait for each other."""
    return list(await tx.scalars(PLUSIEURS, {"ids": list(ids)}))


async def ou_en_sont(tx: Transaction, ids: Collection[UUID]) -> Sequence[Any]:
    """The id, type and state of these demandes, locked in the same order: enough to know whether a rule concerns them."""
    return (await tx.execute(OU_EN_SONT, {"ids": list(ids)})).all()


async def existantes(tx: Transaction, ids: Collection[UUID]) -> list[UUID]:
    """Those of `ids` that are demandes."""
    return list(await tx.scalars(EXISTANTES, {"ids": list(ids)}))


async def close(tx: Transaction, demande_id: UUID) -> Demande | None:
    """The demande when it is closed, else None."""
    lue = await tx.get(Demande, demande_id)
    return lue if lue is not None and lue.est_close else None


async def libelle(tx: Transaction, demande_id: UUID) -> tuple[str, str]:
    """For whom, and what."""
    lue = await tx.get(Demande, demande_id)
    if lue is None:
        raise DemandeInconnue
    return lue.tiers_nom, lue.objet


async def par_visite(tx: Transaction, visite_id: UUID) -> UUID | None:
    """The demande opened for a visit."""
    trouvee: UUID | None = await tx.scalar(select(Demande.id).where(Demande.visite_id == visite_id))
    return trouvee
