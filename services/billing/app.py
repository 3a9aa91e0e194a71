"""The billing service over HTTP."""

from fastapi import FastAPI

from services.billing.affaire_client.routes import router as affaires_client
from services.billing.affaire_fournisseur.routes import router as affaires_fournisseur
from services.billing.campagne.routes import router as campagnes
from services.billing.facture.routes import router as factures
from shared.means import Means
from shared.web.app import create_service_app


def create_app(means: Means) -> FastAPI:
    """Customer invoices, supplier invoices, the monthly run."""
    return create_service_app(
        "billing", "Facturation", means, [affaires_client, factures, affaires_fournisseur, campagnes]
    )
