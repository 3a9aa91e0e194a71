"""The commercial service over HTTP."""

from fastapi import FastAPI

from services.commercial.affaire.routes import router as affaires
from services.commercial.copies.routes import router as catalogue
from services.commercial.envoi.routes import router as envois
from services.commercial.etude.routes import router as etudes
from services.commercial.modele_proposition.routes import router as modeles
from services.commercial.proposition.routes import router as propositions
from services.commercial.rayon.routes import router as rayons
from services.commercial.signature.routes import router as portail
from shared.means import Means
from shared.web.app import create_service_app


def create_app(means: Means) -> FastAPI:
    """Etudes, propositions, models, shelves, sendings, the client's link, affaires."""
    routers = [etudes, propositions, modeles, rayons, envois, portail, affaires, catalogue]
    return create_service_app("commercial", "Devis", means, routers)
