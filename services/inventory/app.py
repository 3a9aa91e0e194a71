"""The inventory service over HTTP."""

from fastapi import FastAPI

from services.inventory.atelier.routes import router as atelier
from services.inventory.depot.routes import router as depots
from services.inventory.etiquette.routes import router as etiquettes
from services.inventory.feuille.routes import router as feuilles
from services.inventory.fil.routes import router as fil
from services.inventory.historique.routes import router as historiques
from services.inventory.produit.routes import router as produits
from services.inventory.stock.routes import router as stock
from services.inventory.type_produit.routes import router as types_produit
from shared.means import Means
from shared.web.app import create_service_app


def create_app(means: Means) -> FastAPI:
    """Catalogue, stock, objects, feuilles, labels."""
    routers = [types_produit, produits, depots, stock, historiques, feuilles, atelier, etiquettes, fil]
    return create_service_app("inventory", "Atelier et stock", means, routers)
