"""The files of a tiers over HTTP."""

from services.contacts.errors import TiersInconnu
from services.contacts.fichier.models import FichierTiers
from services.contacts.tiers import repository
from shared.contracts.contacts import FichiersTiersModifies
from shared.fichiers_joints.routes import Rattachement

FICHIERS = Rattachement(
    objets="tiers",
    modele=FichierTiers,
    lire="tiers.lire",
    joindre="tiers.modifier",
    verrouiller=repository.get_for_update,
    inconnu=TiersInconnu,
    change=lambda tiers: FichiersTiersModifies(tiers_id=tiers.id),
)
router = FICHIERS.routes()
