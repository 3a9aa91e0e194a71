"""The files of an object, each one an event of its life, and those of a feuille over HTTP."""

from services.inventory.errors import FeuilleInconnue, HistoriqueInconnu
from services.inventory.feuille import repository as feuilles
from services.inventory.feuille.models import Feuille
from services.inventory.fichier.models import FichierFeuille, FichierHistorique
from services.inventory.fichier.use_cases import annoncer, retenir
from services.inventory.historique import repository
from shared.contracts.inventory_fichier import FichiersFeuilleModifies
from shared.fichiers.types import PDF, PHOTOS
from shared.fichiers_joints.routes import DeTiers, Rattachement
from shared.web.app import router as new_router

OBJETS = Rattachement(
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
FEUILLES = Rattachement(
    objets="feuilles",
    modele=FichierFeuille,
    lire="feuille.lire",
    joindre="feuille.preparer",
    verrouiller=feuilles.get_for_update,
    inconnu=FeuilleInconnue,
    change=lambda chantier: FichiersFeuilleModifies(
        feuille_id=chantier.feuille.id, demande_id=chantier.feuille.demande_id, tiers_id=chantier.feuille.tiers_id
    ),
)
router = new_router("fichiers")
for porte in (OBJETS, FEUILLES, DeTiers(FEUILLES, Feuille.tiers_id, Feuille.numero, Feuille.objet)):
    router.include_router(porte.routes())
