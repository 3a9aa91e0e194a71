"""The demandes service over HTTP."""

from fastapi import FastAPI

from services.demandes.chronologie.routes import router as chronologie
from services.demandes.copies.routes import router as reperes
from services.demandes.demande.routes.consultation import router as consultation
from services.demandes.demande.routes.suivi import router as suivi
from services.demandes.intervention.routes import router as planning
from services.demandes.tableau.routes import router as tableaux
from services.demandes.temps.routes import router as temps
from services.demandes.type_demande.routes import router as types
from shared.means import Means
from shared.web.app import create_service_app


def create_app(means: Means) -> FastAPI:
    """Types, boards, demandes and their life, planning, time."""
    routers = [types, tableaux, consultation, suivi, chronologie, temps, planning, reperes]
    return create_service_app("demandes", "Demandes", means, routers)
