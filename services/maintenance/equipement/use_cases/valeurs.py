"""The list of values over time: written once per change, never rewritten (seed §6: « de manière historisée »)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.maintenance.equipement import repository, rules
from services.maintenance.equipement.models import Equipement, ValeurEquipement
from shared.database.transaction import Transaction


async def relever(
    tx: Transaction,
    lues: Mapping[UUID, Mapping[str, Any]],
    *,
    le: date,
    par: str,
    source: str,
    source_id: UUID | None = None,
) -> int:
    """Add the values of each object that differ from its present ones; answers how many were added."""
    actuelles = await repository.valeurs_actuelles(tx.session, lues)
    ajoutees = [
        ValeurEquipement(
            equipement_id=equipement_id,
            champ=champ,
            valeur=valeur,
            le=le,
            saisi_le=tx.now,
            par=par,
            source=source,
            source_id=source_id,
        )
        for equipement_id, valeurs in lues.items()
        for champ, valeur in rules.nouvelles(actuelles.get(equipement_id, {}), valeurs).items()
    ]
    tx.add_all(ajoutees)
    return len(ajoutees)


async def noter(tx: Transaction, equipement_id: UUID, champ: str, valeur: str, le: date) -> Equipement:
    """Staff say what a field is worth since `le`."""
    equipement = await repository.get_for_update(tx, equipement_id)
    lues = {equipement_id: {rules.champ(champ, equipement.libelles): valeur}}
    if await relever(tx, lues, le=le, par=tx.actor.nom, source="saisie"):
        tx.touch(equipement)
    return equipement
