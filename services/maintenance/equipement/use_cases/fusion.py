"""The parc of a client absorbed by another."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from services.maintenance.equipement.models import Equipement
from services.maintenance.parc import repository
from services.maintenance.parc import use_cases as parcs
from services.maintenance.parc.models import Groupe, Lieu
from shared.database.transaction import Transaction

# (rows that must be one per client, what makes them the same, who points at them)
UNIQUES: tuple[tuple[Any, str, tuple[tuple[Any, str], ...]], ...] = (
    (Lieu, "chemin", ((Equipement, "lieu_id"), (Lieu, "parent_id"))),
    (Groupe, "nom", ((Equipement, "groupe_id"),)),
)


async def reunir_parcs(tx: Transaction, tiers_id: UUID, absorbe_id: UUID, nom: str) -> None:
    """The absorbed parc becomes, or joins, that of the one kept; places and groups of one name are one.

    What is not in double moves with the other tables of the service.
    """
    absorbe = await repository.parc(tx, absorbe_id)
    if absorbe is None:
        return
    await parcs.ouvrir(tx, tiers_id, nom)
    await tx.delete(absorbe)
    for table, cle, utilisateurs in UNIQUES:
        double = aliased(table)
        pareil = (
            table.tiers_id == tiers_id,
            double.tiers_id == absorbe_id,
            getattr(table, cle) == getattr(double, cle),
        )
        couples = [tuple(c) for c in await tx.execute(select(double.id, table.id).where(*pareil))]
        for ancien, garde in couples:
            for modele, reference in utilisateurs:
                ou = getattr(modele, reference) == ancien
                await tx.execute(update(modele).where(ou).values({reference: garde}))
        await tx.execute(delete(table).where(table.id.in_([ancien for ancien, _ in couples])))
