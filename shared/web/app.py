"""The application of a service: routers, refusals, limits, health. Reads top to bottom."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.database.database import Database
from shared.database.etendue import Regles
from shared.means import Means
from shared.web.dispatch import include
from shared.web.idempotence import IdempotentRoute
from shared.web.journal import Lisibles
from shared.web.journal import router as journal
from shared.web.limits import MAX_BODY, BodyLimit
from shared.web.personnes import router as personnes
from shared.web.problems import installer


def router(tag: str) -> APIRouter:
    """A router whose POSTs honour Idempotency-Key."""
    return APIRouter(tags=[tag], route_class=IdempotentRoute)


def create_service_app(
    name: str,
    title: str,
    means: Means,
    routers: Sequence[APIRouter],
    lisibles: Lisibles,
    max_body: int = MAX_BODY,
    larges: Mapping[str, int] | None = None,
    etendues: Regles = (),
) -> FastAPI:
    """A service over HTTP, stateless: everything it needs is in `app.state`. `lisibles` says who reads the past of what,
    `etendues` whose its records are.
    """
    app = FastAPI(title=title, version="1", openapi_url="/openapi.json", docs_url=None, redoc_url=None)
    app.state.name = name
    app.state.means = means
    app.state.database = means.database
    means.database.etendues = etendues
    app.state.jetons = means.jetons
    app.state.journal = lisibles
    installer(app)
    app.add_middleware(BodyLimit, maximum=max_body, larges=larges)
    include(app, [*routers, personnes, journal])
    _health(app, means.database)
    return app


def _health(app: FastAPI, database: Database) -> None:
    @app.get("/vivant", include_in_schema=False)
    async def vivant() -> dict[str, str]:
        return {"etat": "vivant"}

    @app.get("/pret", include_in_schema=False)
    async def pret() -> JSONResponse:
        try:
            async with database.read() as session:
                await session.execute(text("select 1"))
        except (SQLAlchemyError, OSError):
            return JSONResponse({"etat": "base injoignable"}, 503)
        return JSONResponse({"etat": "pret"})

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
