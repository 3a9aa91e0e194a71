"""The gateway over HTTP: people, programs, live streams. Reads top to bottom."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from fastapi import APIRouter, FastAPI, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gateway.clients.portes import Porte
from gateway.clients.services import Services
from gateway.compte.routes import router as comptes
from gateway.live.hub import Hub
from gateway.live.routes import router as live
from gateway.portail.cadence import Cadence
from gateway.presence.routes import router as presence
from gateway.proxy.routes import router as proxy
from gateway.reponses import installer_reponses
from gateway.sante import router as sante
from gateway.securite import EntetesSurs
from gateway.session.registre import Registre
from gateway.webhook.routes import router as webhooks
from gateway.webhook.routes import secrets as webhooks_secrets
from shared.means import Means
from shared.web.dispatch import include
from shared.web.limits import CATALOGUE_MAX, MAX_UPLOAD, BodyLimit

RACINE = Path(__file__).parent
FORMULAIRE = 1024 * 1024  # what a form adds around the file it carries
LARGES = {
    "/achats/catalogues": CATALOGUE_MAX + FORMULAIRE,
    "/api/commercial/catalogues-fournisseur/": CATALOGUE_MAX + FORMULAIRE,
}


class Statiques(StaticFiles):
    """Files named by their content: a browser keeps them for ever. The build left the short form of each text beside it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        courte = await self._courte(path, scope)
        reponse = courte or await super().get_response(path, scope)
        if reponse.status_code == 200:
            reponse.headers["cache-control"] = "public, max-age=31536000, immutable"
        return reponse

    async def _courte(self, path: str, scope: Scope) -> Response | None:
        if "br" not in re.split(r"[ ,;]+", Headers(scope=scope).get("accept-encoding", "")):
            return None
        try:
            reponse = await super().get_response(f"{path}.br", scope)
        except HTTPException:
            return None
        reponse.headers.update({"content-encoding": "br", "vary": "Accept-Encoding"})
        return reponse


def create_app(means: Means, portes: Mapping[str, Porte]) -> FastAPI:
    """`portes` says how to reach each service; `app.state.hub.recevoir` must be given every fact."""
    app = FastAPI(title="Amanela", version="1", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.name = "gateway"
    app.state.means = means
    app.state.database = means.database
    app.state.services = Services(portes, means.jetons)
    app.state.registre = Registre(means.database)
    app.state.hub = Hub()
    app.state.cadence = Cadence(means.database.clock)
    app.state.societe = "Amanela"
    installer_reponses(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(BodyLimit, maximum=MAX_UPLOAD, larges=LARGES)
    app.add_middleware(EntetesSurs)
    include(app, (sante, comptes, webhooks, webhooks_secrets, live, presence, *ecrans(), proxy))
    app.mount("/static", Statiques(directory=RACINE / "static" / "dist", check_dir=False))
    return app


def ecrans() -> Iterator[APIRouter]:
    """The router of every screen: a folder of `pages` or `portail` with a routes.py."""
    for dossier in ("pages", "portail"):
        for fichier in sorted((RACINE / dossier).glob("*/routes.py")):
            yield import_module(f"gateway.{dossier}.{fichier.parent.name}.routes").router
