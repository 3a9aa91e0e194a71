"""The purchasing service over HTTP."""

from fastapi import FastAPI

from services.purchasing.achats.routes import router as achats
from services.purchasing.commande.routes import router as commandes
from services.purchasing.envoi.routes import router as envois
from services.purchasing.fichier.models import FichierCommande
from services.purchasing.fichier.routes import router as fichiers
from services.purchasing.negociation.routes import router as negociations
from services.purchasing.reappro.routes import router as reappro
from services.purchasing.reception.routes import router as receptions
from services.purchasing.seuil.routes import router as seuils
from services.purchasing.tolerance.routes import router as tolerances
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible
from shared.web.limits import MAX_UPLOAD

FACTURE_MAX = 12 * 1024 * 1024  # a scanned invoice of many pages, or a photo
LARGES = {"/commandes/": MAX_UPLOAD}
LISIBLES = {
    "commande": Lisible("achat.lire", frozenset({"frais_ht", "frais_factures_ht", "total_ht", "limite_ht"})),
    "fichier_commande": Lisible("achat.lire", de=FichierCommande),
    "negociation": Lisible("achat.lire", frozenset({"prix_ht"})),
    "reception": Lisible("achat.lire", frozenset({"frais_ht", "total_ht"})),
    "regle_reappro": Lisible("achat.lire"),
    "seuil_commande": Lisible("couts.voir"),
    "tolerance_fournisseur": Lisible("achat.lire"),
}


def create_app(means: Means) -> FastAPI:
    """Needs, negociations, orders, receptions."""
    routers = [achats, negociations, commandes, envois, receptions, seuils, reappro, tolerances, fichiers]
    return create_service_app("purchasing", "Achats", means, routers, LISIBLES, max_body=FACTURE_MAX, larges=LARGES)
