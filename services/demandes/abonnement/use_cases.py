"""Following a demande, no longer following it."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from services.demandes.abonnement.models import Abonnement
from services.demandes.copies import queries as copies
from services.demandes.demande import repository
from services.demandes.demande.models import Demande
from shared.contracts.demandes import AbonnesModifies
from shared.database.transaction import Transaction


async def suivre(tx: Transaction, demande_id: UUID) -> None:
    """The person who asks is told from now on; following twice changes nothing."""
    demande = await repository.get_for_update(tx, demande_id)
    moi, _ = await copies.moi(tx.session, tx.actor)
    if moi is None:
        return
    ligne = {"demande_id": demande_id, "collaborateur_id": moi, "depuis": tx.now}
    await tx.execute(insert(Abonnement).values(**ligne).on_conflict_do_nothing())
    await _annoncer(tx, demande)


async def ne_plus_suivre(tx: Transaction, demande_id: UUID) -> None:
    """The person who asks is no longer told."""
    demande = await repository.get_for_update(tx, demande_id)
    moi, _ = await copies.moi(tx.session, tx.actor)
    siens = (Abonnement.demande_id == demande_id, Abonnement.collaborateur_id == moi)
    await tx.execute(delete(Abonnement).where(*siens))
    await _annoncer(tx, demande)


async def _annoncer(tx: Transaction, demande: Demande) -> None:
    abonnes = await tx.scalars(select(Abonnement.collaborateur_id).where(Abonnement.demande_id == demande.id))
    tx.publish(
        AbonnesModifies(
            demande_id=demande.id, numero=demande.numero, objet=demande.objet, abonne_ids=tuple(sorted(abonnes))
        )
    )
