"""The maintenance service over HTTP."""

from fastapi import FastAPI

from services.maintenance.accord_tarifaire.routes import router as accords
from services.maintenance.contrat.routes import router as contrats
from services.maintenance.equipement.routes.emplacements import router as emplacements
from services.maintenance.equipement.routes.equipements import router as equipements
from services.maintenance.etendues import ETENDUES
from services.maintenance.fichier.models import FichierContrat
from services.maintenance.fichier.routes import router as fichiers
from services.maintenance.identification.routes import router as identification
from services.maintenance.visite.routes import router as visites
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible
from shared.web.limits import MAX_UPLOAD

LARGES = {"/contrats/": MAX_UPLOAD}
LISIBLES = {
    "contrat": Lisible("contrat.lire"),
    "fichier_contrat": Lisible("contrat.lire", de=FichierContrat),
    "equipement": Lisible("parc.lire"),
    "parc": Lisible("parc.lire"),
    "lieu": Lisible("parc.lire"),
    "groupe": Lisible("parc.lire"),
    "couverture": Lisible("parc.lire"),
    "visite": Lisible("visite.lire"),
    "accord_tarifaire": Lisible("accord.gerer"),
    "tarif_habituel": Lisible("accord.gerer"),
}


def create_app(means: Means) -> FastAPI:
    """Parcs, contracts, visits, tariff agreements."""
    routers = [identification, equipements, emplacements, contrats, visites, accords, fichiers]
    return create_service_app(
        "maintenance", "Parc et contrats", means, routers, LISIBLES, larges=LARGES, etendues=ETENDUES
    )
