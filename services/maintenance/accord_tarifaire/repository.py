"""Loads and locks tariff agreements."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from services.maintenance.accord_tarifaire import rules
from services.maintenance.accord_tarifaire.models import AccordTarifaire, TarifHabituel
from services.maintenance.accord_tarifaire.rules import EtatAccord
from services.maintenance.errors import AccordInconnu, LienInvalide
from shared.database.transaction import Transaction

SOCIETE = "societe"


async def get_for_update(tx: Transaction, accord_id: UUID) -> AccordTarifaire:
    """The agreement, locked until the transaction ends."""
    accord = await tx.get(AccordTarifaire, accord_id, with_for_update=True)
    if accord is None:
        raise AccordInconnu
    return accord


async def par_jeton(tx: Transaction, jeton: str) -> AccordTarifaire:
    """The agreement a mailed link opens, locked."""
    requete = select(AccordTarifaire).where(AccordTarifaire.jeton_sha256 == rules.empreinte(jeton)).with_for_update()
    accord: AccordTarifaire | None = (await tx.scalars(requete)).one_or_none()
    if accord is None:
        raise LienInvalide
    return accord


async def du_client(tx: Transaction, tiers_id: UUID, *etats: EtatAccord) -> Sequence[AccordTarifaire]:
    """The agreements of a client in these states, locked, oldest first."""
    requete = select(AccordTarifaire).where(AccordTarifaire.tiers_id == tiers_id, AccordTarifaire.etat.in_(etats))
    return (await tx.scalars(requete.order_by(AccordTarifaire.id).with_for_update())).all()


async def tarif_habituel(tx: Transaction) -> TarifHabituel | None:
    """The usual rates, when they were given."""
    found: TarifHabituel | None = await tx.scalar(select(TarifHabituel).where(TarifHabituel.cle == SOCIETE))
    return found
