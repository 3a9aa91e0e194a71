"""The files of an étude and of an affaire over HTTP."""

from services.commercial.affaire import repository as affaires
from services.commercial.affaire.models import Affaire
from services.commercial.errors import AffaireInconnue, EtudeInconnue
from services.commercial.etude import repository as etudes
from services.commercial.etude.models import Etude
from services.commercial.fichier.models import FichierAffaire, FichierEtude
from shared.contracts.commercial import FichiersAffaireModifies, FichiersEtudeModifies
from shared.fichiers_joints.routes import DeTiers, Rattachement
from shared.web.app import router as new_router

ETUDES = Rattachement(
    objets="etudes",
    modele=FichierEtude,
    lire="devis.lire",
    joindre="devis.modifier",
    verrouiller=etudes.get_for_update,
    inconnu=EtudeInconnue,
    change=lambda etude: FichiersEtudeModifies(etude_id=etude.id, demande_id=etude.demande_id, tiers_id=etude.tiers_id),
)
AFFAIRES = Rattachement(
    objets="affaires",
    modele=FichierAffaire,
    lire="affaire.lire",
    joindre="affaire.modifier",
    verrouiller=affaires.get_for_update,
    inconnu=AffaireInconnue,
    change=lambda affaire: FichiersAffaireModifies(
        affaire_id=affaire.id, demande_id=affaire.demande_id, tiers_id=affaire.tiers_id
    ),
)
router = new_router("fichiers")
for porte in (
    ETUDES,
    AFFAIRES,
    DeTiers(ETUDES, Etude.tiers_id, Etude.numero, Etude.objet),
    DeTiers(AFFAIRES, Affaire.tiers_id, Affaire.code, Affaire.libelle),
):
    router.include_router(porte.routes())
