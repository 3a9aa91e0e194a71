"""The purchasing service over HTTP."""

from fastapi import FastAPI

from services.purchasing.achats.routes import router as achats
from services.purchasing.commande.routes import router as commandes
from services.purchasing.negociation.routes import router as negociations
from services.purchasing.reception.routes import router as receptions
from shared.means import Means
from shared.web.app import create_service_app


def create_app(means: Means) -> FastAPI:
    """Needs, negociations, orders, receptions."""
    return create_service_app("purchasing", "Achats", means, [achats, negociations, commandes, receptions])
