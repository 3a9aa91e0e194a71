"""The files of a demande over HTTP."""

from services.demandes.demande import repository
from services.demandes.demande.models import Demande
from services.demandes.errors import DemandeInconnue
from services.demandes.fichier.models import FichierDemande
from shared.contracts.demandes import FichiersModifies
from shared.fichiers_joints.routes import DeTiers, Rattachement

FICHIERS = Rattachement(
    objets="demandes",
    modele=FichierDemande,
    lire="demande.lire",
    joindre="demande.modifier",
    verrouiller=repository.get_for_update,
    inconnu=DemandeInconnue,
    change=lambda demande: FichiersModifies(demande_id=demande.id, tiers_id=demande.tiers_id),
)
router = FICHIERS.routes()
router.include_router(DeTiers(FICHIERS, Demande.tiers_id, Demande.numero, Demande.objet).routes())
