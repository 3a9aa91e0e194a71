"""The inventory service over HTTP."""

from fastapi import FastAPI

from services.inventory.atelier.routes import router as atelier
from services.inventory.bon_livraison.routes import router as bons_livraison
from services.inventory.consommation.routes import router as consommations
from services.inventory.depot.routes import router as depots
from services.inventory.dotation.routes import router as dotations
from services.inventory.echange.routes import router as echanges
from services.inventory.etiquette.routes import router as etiquettes
from services.inventory.feuille.routes import router as feuilles
from services.inventory.fichier.models import FichierFeuille
from services.inventory.fichier.routes import router as fichiers
from services.inventory.fil.routes import router as fil
from services.inventory.historique.routes import router as historiques
from services.inventory.inventaire.routes import router as inventaires
from services.inventory.logistique.routes import router as reservations
from services.inventory.nature.routes import router as natures
from services.inventory.produit.routes import router as produits
from services.inventory.pv_reception.routes import router as pv_reception
from services.inventory.retour.routes import router as retours
from services.inventory.stock.routes import router as stock
from services.inventory.transfert.routes import router as transferts
from services.inventory.type_produit.routes import router as types_produit
from services.inventory.valeur.routes import router as valeur
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible

DOCUMENT_MAX = 25 * 1024 * 1024  # a photo of an object, the manual of a product
LISIBLES = {
    "produit": Lisible("produit.lire", frozenset({"prix_achat_ht", "prix_vente_ht"})),
    "historique": Lisible("stock.lire", frozenset({"cout_unitaire_ht"})),
    "fichier_historique": Lisible("stock.lire"),
    "consommation": Lisible("stock.lire", frozenset({"cout_ht"})),
    "feuille": Lisible("feuille.lire"),
    "fichier_feuille": Lisible("feuille.lire", de=FichierFeuille),
    "liberation": Lisible("feuille.lire"),
    "bon_livraison": Lisible("feuille.lire"),
    "pv_reception": Lisible("feuille.lire"),
    "inventaire": Lisible("stock.lire"),
    "retour": Lisible("stock.lire", frozenset({"avoir_ht"})),
    "transfert": Lisible("stock.lire"),
    "depot": Lisible("stock.lire"),
    "dotation": Lisible("stock.lire"),
    "nature_stock": Lisible("stock.lire"),
    "type_produit": Lisible("produit.lire"),
    "lot_etiquettes": Lisible("etiquette.imprimer"),
}


def create_app(means: Means) -> FastAPI:
    """Catalogue, stock, objects, feuilles, labels."""
    routers = [types_produit, produits, natures, depots, stock, historiques, feuilles, bons_livraison]
    routers += [
        atelier,
        reservations,
        etiquettes,
        fil,
        inventaires,
        transferts,
        retours,
        echanges,
        fichiers,
        consommations,
        dotations,
        valeur,
        pv_reception,
    ]
    return create_service_app("inventory", "Atelier et stock", means, routers, LISIBLES, max_body=DOCUMENT_MAX)
