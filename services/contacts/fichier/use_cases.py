"""What staff can cause to the files of a tiers."""

from uuid import UUID

from services.contacts.errors import FichierInconnu
from services.contacts.fichier.models import FichierTiers
from services.contacts.tiers import repository
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier


async def joindre(tx: Transaction, tiers_id: UUID, fichier_id: UUID, pose: Fichier) -> FichierTiers:
    """A stored file becomes one of the tiers; sent again under the same id, it is the same one."""
    await repository.get_for_update(tx, tiers_id)
    deja = await tx.get(FichierTiers, fichier_id)
    if deja is not None:
        if (deja.tiers_id, deja.sha256) != (tiers_id, pose.sha256):
            raise FichierInconnu
        return deja
    fichier = FichierTiers(
        id=fichier_id,
        tiers_id=tiers_id,
        nom=pose.nom,
        type=pose.type,
        taille=pose.taille,
        sha256=pose.sha256,
        depose_par=tx.actor.nom,
        depose_par_id=tx.actor.id,
    )
    tx.add(fichier)
    return fichier


async def retirer(tx: Transaction, tiers_id: UUID, fichier_id: UUID) -> None:
    """Take a file off the tiers; the audit keeps who did it, the storage keeps the bytes."""
    fichier = await tx.get(FichierTiers, fichier_id, with_for_update=True)
    if fichier is None or fichier.tiers_id != tiers_id:
        raise FichierInconnu
    await tx.delete(fichier)
