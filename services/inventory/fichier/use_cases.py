"""What attaching a file to an object causes, and what keeps one from being taken off."""

from services.inventory.errors import PhotoRetenue
from services.inventory.fichier import repository
from services.inventory.fichier.models import FichierHistorique
from services.inventory.historique import repository as historiques
from services.inventory.historique.models import Historique
from shared.contracts.inventory import FichierObjetJoint
from shared.database.transaction import Transaction
from shared.fichiers.types import PDF
from shared.fichiers_joints.models import FichierJoint


async def annoncer(tx: Transaction, fichier: FichierJoint, operation: str = "") -> None:
    """A photo was taken of it, of that operation when it was for one, or a paper kept with it."""
    objet = await tx.get(Historique, fichier.proprietaire_id)
    tx.publish(
        FichierObjetJoint(
            historique_id=fichier.proprietaire_id,
            fichier_id=fichier.id,
            nom=fichier.nom,
            est_photo=fichier.type != PDF,
            demande_id=objet.demande_id if objet is not None else None,
            operation=operation,
        )
    )


async def retenir(tx: Transaction, fichier: FichierJoint) -> None:
    """Keep the last photo an operation was ticked on: PhotoRetenue until it is unticked."""
    if not isinstance(fichier, FichierHistorique) or fichier.operation is None or fichier.retire_le is not None:
        return
    objet = await historiques.lire(tx, fichier.proprietaire_id)
    exigees = {a.cle for a in objet.produit.operations if a.photo == "requise"} & {a.cle for a in objet.actions}
    if fichier.operation in exigees and await repository.photos_presentes(tx, objet.id, fichier.operation) == 1:
        libelle = next(a.libelle for a in objet.produit.operations if a.cle == fichier.operation)
        raise PhotoRetenue(operation=libelle)
