"""The billing service over HTTP."""

from fastapi import FastAPI

from services.billing.affaire_client.routes import router as affaires_client
from services.billing.affaire_fournisseur.routes import router as affaires_fournisseur
from services.billing.avoir_fournisseur.routes import router as avoirs_fournisseur
from services.billing.campagne.routes import router as campagnes
from services.billing.etendues import ETENDUES
from services.billing.facture.routes import router as factures
from services.billing.facture_recue.routes import router as factures_recues
from services.billing.fichier.models import FichierAchat, FichierFacture
from services.billing.fichier.routes import router as fichiers
from services.billing.releve_bancaire.routes import router as releves_bancaires
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible
from shared.web.limits import MAX_UPLOAD

LARGES = {"/factures-recues": MAX_UPLOAD, "/factures/": MAX_UPLOAD, "/affaires-fournisseur/": MAX_UPLOAD}
LISIBLES = {
    "facture": Lisible("facture.lire"),
    "affaire_client": Lisible("facture.lire"),
    "affaire_fournisseur": Lisible("couts.voir"),
    "fichier_facture": Lisible("facture.lire", de=FichierFacture),
    "fichier_achat": Lisible("couts.voir", de=FichierAchat),
    "facture_recue": Lisible("couts.voir"),
    "avoir_attendu": Lisible("couts.voir"),
    "campagne": Lisible("facture.lire"),
    "releve_bancaire": Lisible("facture.lire"),
    "operation_bancaire": Lisible("facture.lire"),
}


def create_app(means: Means) -> FastAPI:
    """Customer invoices, supplier invoices, the monthly run, the bank statements."""
    fournisseurs = [affaires_fournisseur, factures_recues, avoirs_fournisseur]
    routers = [affaires_client, factures, *fournisseurs, campagnes, releves_bancaires, fichiers]
    return create_service_app("billing", "Facturation", means, routers, LISIBLES, larges=LARGES, etendues=ETENDUES)
