"""What an intervention needs to know of the others of its demande."""

from sqlalchemy import select

from services.demandes.intervention.models import Intervention
from services.demandes.intervention.rules import EtatIntervention
from shared.database.transaction import Transaction

PREVUES = (EtatIntervention.PLANIFIEE, EtatIntervention.DEMARREE)


async def autre_prevue(tx: Transaction, intervention: Intervention) -> bool:
    """Whether the same demande has another intervention planned or begun."""
    requete = select(Intervention.id).where(
        Intervention.demande_id == intervention.demande_id,
        Intervention.id != intervention.id,
        Intervention.etat.in_(PREVUES),
    )
    return bool(await tx.scalar(select(requete.exists())))
