"""The commercial service over HTTP."""

from fastapi import FastAPI

from services.commercial.affaire.routes import router as affaires
from services.commercial.catalogue_fournisseur.routes import router as catalogues
from services.commercial.copies.routes import router as catalogue
from services.commercial.envoi.routes import router as envois
from services.commercial.etendues import ETENDUES
from services.commercial.etude.routes import router as etudes
from services.commercial.fichier.models import FichierAffaire, FichierEtude
from services.commercial.fichier.routes import router as fichiers
from services.commercial.garde.routes import router as garde
from services.commercial.modele_proposition.routes import router as modeles
from services.commercial.pilotage.routes import router as pilotage
from services.commercial.presentation.routes import router as presentations
from services.commercial.proposition.routes import router as propositions
from services.commercial.rayon.routes import router as rayons
from services.commercial.relance.routes import router as relances
from services.commercial.signature.routes import router as portail
from services.commercial.tarif.routes import router as tarifs
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible
from shared.web.limits import CATALOGUE_MAX

FICHIER_MAX = 30 * 1024 * 1024  # a signed devis, photographed
LARGES = {"/catalogues-fournisseur/": CATALOGUE_MAX}
LISIBLES = {
    "proposition": Lisible(
        "devis.lire", frozenset({"cout_ht", "cout_cache_ht", "convention_marge", "derniers_changements"})
    ),
    "etude": Lisible("devis.lire"),
    "affaire": Lisible("affaire.lire"),
    "fichier_etude": Lisible("devis.lire", de=FichierEtude),
    "fichier_affaire": Lisible("affaire.lire", de=FichierAffaire),
    "presentation": Lisible("societe.modifier"),
    "modele_proposition": Lisible("devis.lire", frozenset({"lignes"})),
    "rayon": Lisible("devis.lire"),
    "tarif": Lisible("devis.lire"),
    "seuil_marge": Lisible("couts.voir", frozenset({"remise_max", "marque_min"})),
}


def create_app(means: Means) -> FastAPI:
    """Etudes, propositions, models, shelves, sendings, the client's link, affaires."""
    routers = [
        etudes,
        propositions,
        modeles,
        rayons,
        envois,
        portail,
        garde,
        relances,
        pilotage,
        catalogues,
        tarifs,
        affaires,
        fichiers,
        catalogue,
        presentations,
    ]
    return create_service_app(
        "commercial", "Devis", means, routers, LISIBLES, max_body=FICHIER_MAX, larges=LARGES, etendues=ETENDUES
    )
