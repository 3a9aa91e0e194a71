"""Somebody says that he, or a colleague, will not be there."""

from uuid import UUID

from services.demandes.absence import rules
from services.demandes.absence.models import Absence
from services.demandes.absence.schemas import SaisieAbsence
from services.demandes.copies import queries as copies
from services.demandes.errors import AbsenceInconnue
from shared.database.transaction import Transaction


async def noter(tx: Transaction, saisie: SaisieAbsence) -> Absence:
    """A new absence; what was already planned is shown in conflict, never moved."""
    rules.verifier(saisie.du, saisie.au, saisie.demi)
    await copies.collaborateur(tx.session, saisie.collaborateur_id)
    absence = Absence(**saisie.model_dump())
    tx.add(absence)
    return absence


async def retirer(tx: Transaction, absence_id: UUID) -> None:
    """He will be there after all."""
    absence = await tx.get(Absence, absence_id, with_for_update=True)
    if absence is None:
        raise AbsenceInconnue
    await tx.delete(absence)
