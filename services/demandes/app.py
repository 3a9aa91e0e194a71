"""The demandes service over HTTP."""

from fastapi import FastAPI

from services.demandes.abonnement.routes import router as abonnements
from services.demandes.absence.routes import router as absences
from services.demandes.agenda.routes import router as agendas
from services.demandes.charge.routes import router as charges
from services.demandes.chronologie.routes import router as chronologie
from services.demandes.configuration.routes import router as configuration
from services.demandes.copies.routes import router as reperes
from services.demandes.courrier.routes import router as courriers
from services.demandes.cout_horaire.routes import router as couts
from services.demandes.demande.routes.consultation import router as consultation
from services.demandes.demande.routes.suivi import router as suivi
from services.demandes.etendues import ETENDUES
from services.demandes.fichier.models import FichierDemande
from services.demandes.fichier.routes import router as fichiers
from services.demandes.intervention.routes import router as planning
from services.demandes.tableau.routes import router as tableaux
from services.demandes.temps.routes import router as temps
from services.demandes.type_demande.routes import router as types
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible
from shared.web.limits import MAX_UPLOAD

LISIBLES = {
    "demande": Lisible("demande.lire"),
    "fichier_demande": Lisible("demande.lire", de=FichierDemande),
    "intervention": Lisible("planning.lire"),
    "absence": Lisible("planning.modifier"),
    "temps": Lisible("demande.lire"),
    "cout_horaire": Lisible("couts.voir"),
    "type_demande": Lisible("demande.configurer"),
    "tableau": Lisible("demande.configurer"),
}


def create_app(means: Means) -> FastAPI:
    """Types, boards, demandes and their life, planning, time."""
    routers = [
        types,
        tableaux,
        configuration,
        consultation,
        suivi,
        abonnements,
        courriers,
        fichiers,
        chronologie,
        temps,
        couts,
        planning,
        charges,
        absences,
        agendas,
        reperes,
    ]
    return create_service_app("demandes", "Demandes", means, routers, LISIBLES, max_body=MAX_UPLOAD, etendues=ETENDUES)
