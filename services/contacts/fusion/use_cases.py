"""What staff and time can cause to merges."""

from datetime import timedelta
from uuid import UUID

from services.contacts.encours import use_cases as encours
from services.contacts.fusion import repository
from services.contacts.tiers import repository as annuaire
from services.contacts.tiers.models import Tiers
from shared.contracts.contacts import TiersFusionne
from shared.database.transaction import Transaction

RAPPEL = timedelta(days=2)
COLLECTIONS = ("adresses", "interlocuteurs", "sites")


async def reunir(tx: Transaction, tiers_id: UUID, absorbe_id: UUID) -> Tiers:
    """Two files were one tiers: `absorbe_id` leaves the lists, its people, files, notes and documents follow."""
    ids = sorted({tiers_id, absorbe_id})  # always locked in the same order
    fiches = {i: await annuaire.get_for_update(tx, i) for i in ids}
    garde, absorbe = fiches[tiers_id], fiches[absorbe_id]
    fait = garde.absorber(absorbe, tx.now)
    siret, absorbe.siret = absorbe.siret, None
    await tx.flush()  # one file at a time may hold a SIRET
    garde.siret = garde.siret or siret
    await tx.flush()
    await repository.deplacer(tx, garde, absorbe)
    for fiche in (garde, absorbe):
        await tx.session.refresh(fiche, COLLECTIONS)
    tx.publish(garde.modifier())
    tx.publish(fait)
    await tx.flush()
    await encours.recalculer(tx, garde.id)
    await tx.session.refresh(garde)
    return garde


async def rappeler(tx: Transaction) -> None:
    """Say again the merges of the last days: a document made meanwhile elsewhere under the absorbed tiers follows too."""
    for garde, absorbe_id in await repository.fusions_depuis(tx, tx.now - RAPPEL):
        tx.publish(TiersFusionne(tiers_id=garde.id, absorbe_id=absorbe_id, nom=garde.nom))
