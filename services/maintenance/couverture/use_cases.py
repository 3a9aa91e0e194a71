"""What changes the coverage of a client. The row is locked: two changes at once are told one after the other."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.maintenance.couverture.models import Couverture
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id


async def couvrir(tx: Transaction, tiers_id: UUID, contrat_id: UUID, equipement_ids: Iterable[UUID] | None) -> None:
    """A contract covers these objects; None when it covers no more."""
    couverture = await _verrouiller(tx, tiers_id)
    avant = couverture.annoncer()
    couverture.couvrir(contrat_id, equipement_ids)
    if couverture.annoncer() != avant:
        tx.publish(couverture.annoncer())


async def accorder(tx: Transaction, tiers_id: UUID, accord_id: UUID) -> None:
    """The client signed the intervention tariffs."""
    couverture = await _verrouiller(tx, tiers_id)
    couverture.accord_id = accord_id
    tx.publish(couverture.annoncer())


async def oublier(tx: Transaction, tiers_id: UUID, equipement_id: UUID) -> None:
    """An object left the parc: it is covered no more."""
    couverture = await _verrouiller(tx, tiers_id)
    avant = couverture.annoncer()
    couverture.oublier(equipement_id)
    if couverture.annoncer() != avant:
        tx.publish(couverture.annoncer())


async def fusionner(tx: Transaction, tiers_id: UUID, absorbe_id: UUID) -> None:
    """Contracts and tariffs of an absorbed client cover the one kept."""
    choix = select(Couverture).where(Couverture.tiers_id == absorbe_id).with_for_update()
    absorbee: Couverture | None = (await tx.scalars(choix)).one_or_none()
    if absorbee is None:
        return
    gardee = await _verrouiller(tx, tiers_id)
    gardee.contrats = {**absorbee.contrats, **gardee.contrats}
    gardee.accord_id = gardee.accord_id or absorbee.accord_id
    await tx.delete(absorbee)
    tx.publish(gardee.annoncer())


async def _verrouiller(tx: Transaction, tiers_id: UUID) -> Couverture:
    valeurs = {
        "id": new_id(),
        "version": 1,
        "cree_le": tx.now,
        "modifie_le": tx.now,
        "tiers_id": tiers_id,
        "contrats": {},
    }
    await tx.execute(insert(Couverture).values(valeurs).on_conflict_do_nothing(index_elements=["tiers_id"]))
    found: Couverture = (
        await tx.scalars(select(Couverture).where(Couverture.tiers_id == tiers_id).with_for_update())
    ).one()
    return found
