"""What took the place of an object is on the lines where it was: billed, covered and visited the same way."""

from uuid import UUID

from services.maintenance.contrat import repository
from services.maintenance.contrat.use_cases.annonce import annoncer
from shared.database.transaction import Transaction


async def remplacer(tx: Transaction, ancien_id: UUID, neuf_id: UUID) -> None:
    """On every contract that is not over; each is told again."""
    for contrat in await repository.avec_equipement(tx, ancien_id):
        for ligne in contrat.lignes:
            ligne.equipement_ids = [neuf_id if e == ancien_id else e for e in ligne.equipement_ids]
        tx.touch(contrat)
        await annoncer(tx, contrat)
