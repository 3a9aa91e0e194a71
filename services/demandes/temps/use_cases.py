"""Time is recorded on a demande."""

from uuid import UUID

from sqlalchemy import update

from services.demandes.copies import queries as copies
from services.demandes.demande import repository
from services.demandes.demande.models import Demande
from services.demandes.temps.models import Temps
from services.demandes.temps.schemas import SaisieTemps
from shared.contracts.demandes import TempsSaisi
from shared.database.transaction import Transaction


async def saisir(tx: Transaction, demande_id: UUID, saisie: SaisieTemps) -> Temps:
    """Somebody worked: who, which day, how long, what was done."""
    demande = await repository.get_for_update(tx, demande_id)
    if saisie.collaborateur_id is not None:
        personne = await copies.collaborateur(tx.session, saisie.collaborateur_id)
        qui: tuple[UUID | None, str] = (personne.collaborateur_id, personne.nom)
    else:
        qui = await copies.moi(tx.session, tx.actor)
    temps = Temps(
        demande_id=demande_id,
        collaborateur_id=qui[0],
        collaborateur_nom=qui[1],
        jour=saisie.jour,
        minutes=saisie.minutes,
        travaux=saisie.travaux,
    )
    tx.add(temps)
    total = Demande.temps_minutes + saisie.minutes
    await tx.execute(update(Demande).where(Demande.id == demande_id).values(temps_minutes=total))
    tx.publish(
        TempsSaisi(
            temps_id=temps.id,
            demande_id=demande_id,
            tiers_id=demande.tiers_id,
            type_code=demande.type_code,
            collaborateur_id=qui[0],
            collaborateur_nom=qui[1],
            jour=saisie.jour,
            minutes=saisie.minutes,
            travaux=saisie.travaux,
            equipement_id=demande.equipement_id,
            affaire_id=demande.affaire_id,
            contrat_id=demande.contrat_id,
            accord_id=demande.accord_id,
        )
    )
    return temps
