"""The files of a contract over HTTP."""

from services.maintenance.contrat import repository
from services.maintenance.contrat.models import Contrat
from services.maintenance.errors import ContratInconnu
from services.maintenance.fichier.models import FichierContrat
from shared.contracts.maintenance import FichiersContratModifies
from shared.fichiers_joints.routes import DeTiers, Rattachement
from shared.web.app import router as new_router

CONTRATS = Rattachement(
    objets="contrats",
    modele=FichierContrat,
    lire="contrat.lire",
    joindre="contrat.modifier",
    verrouiller=repository.get_for_update,
    inconnu=ContratInconnu,
    change=lambda contrat: FichiersContratModifies(
        contrat_id=contrat.id, demande_id=contrat.demande_id, tiers_id=contrat.tiers_id
    ),
)
router = new_router("fichiers")
for porte in (CONTRATS, DeTiers(CONTRATS, Contrat.tiers_id, Contrat.numero, Contrat.objet)):
    router.include_router(porte.routes())
