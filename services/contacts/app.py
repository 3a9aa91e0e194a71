"""The contacts service over HTTP."""

from fastapi import FastAPI

from services.contacts.collaborateur.routes import router as collaborateurs
from services.contacts.equipe.routes import router as equipes
from services.contacts.societe.routes import router as societe
from services.contacts.tiers.routes import router as tiers
from shared.means import Means
from shared.web.app import create_service_app


def create_app(means: Means) -> FastAPI:
    """Directory, collaborators, teams, company."""
    return create_service_app("contacts", "Contacts", means, [tiers, collaborateurs, equipes, societe])
