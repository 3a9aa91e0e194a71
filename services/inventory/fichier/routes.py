"""The files of an object over HTTP; each one attached is an event of its life."""

from services.inventory.errors import HistoriqueInconnu
from services.inventory.fichier.models import FichierHistorique
from services.inventory.fichier.use_cases import annoncer, retenir
from services.inventory.historique import repository
from shared.fichiers.types import PDF, PHOTOS
from shared.fichiers_joints.routes import Rattachement

FICHIERS = Rattachement(
    objets="historiques",
    modele=FichierHistorique,
    lire="stock.lire",
    joindre="feuille.preparer",
    verrouiller=repository.get_for_update,
    inconnu=HistoriqueInconnu,
    types=PHOTOS | {PDF},
    a_joint=annoncer,
    avant_retrait=retenir,
)
router = FICHIERS.routes()
