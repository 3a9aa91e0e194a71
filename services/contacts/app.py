"""The contacts service over HTTP."""

from fastapi import FastAPI

from services.contacts.annuaire.routes import router as annuaire
from services.contacts.collaborateur.routes import router as collaborateurs
from services.contacts.echange.routes import router as echanges
from services.contacts.encours.routes import router as encours
from services.contacts.equipe.routes import router as equipes
from services.contacts.fichier.models import FichierTiers
from services.contacts.fichier.routes import router as fichiers
from services.contacts.fusion.routes import router as fusions
from services.contacts.genre.routes import router as genres
from services.contacts.note.routes import router as notes
from services.contacts.personne.routes import router as personnes
from services.contacts.rib.models import Rib
from services.contacts.rib.routes import router as ribs
from services.contacts.societe.routes import router as societe
from services.contacts.tiers.routes import router as tiers
from shared.means import Means
from shared.web.app import create_service_app
from shared.web.journal import Lisible
from shared.web.limits import MAX_UPLOAD

LISIBLES = {
    "tiers": Lisible("tiers.lire"),
    "fichier": Lisible("tiers.lire", de=FichierTiers),
    "rib": Lisible("rib.lire", de=Rib),
    "collaborateur": Lisible("societe.lire"),
    "equipe": Lisible("societe.lire"),
    "societe": Lisible("societe.lire"),
    "genre_tiers": Lisible("societe.lire"),
}


def create_app(means: Means) -> FastAPI:
    """Directory, files, collaborators, teams, company."""
    routers = [
        encours,
        tiers,
        ribs,
        annuaire,
        notes,
        fichiers,
        fusions,
        echanges,
        personnes,
        collaborateurs,
        equipes,
        societe,
        genres,
    ]
    return create_service_app("contacts", "Contacts", means, routers, LISIBLES, max_body=MAX_UPLOAD)
