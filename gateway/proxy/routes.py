"""Forwards /api/<service>/... to the service with a short signed token, and gathers their OpenAPI, webhooks included."""

import asyncio
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from gateway.clients.services import LIBELLES
from gateway.errors import ServiceAbsent
from gateway.session.dependances import User
from gateway.webhook.documentation import decrire

router = APIRouter()

# A file goes through without being held; its length is announced so that the service can refuse it at once.
TRANSMIS = ("content-type", "accept", "if-match", "if-none-match", "idempotency-key")
LONGUEUR = "content-length"
RENDUS = ("content-type", "etag", "content-disposition", "cache-control", "idempotency-replayed", "location")
METHODES = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@router.get("/api/openapi.json", include_in_schema=False)
async def openapi(request: Request, user: User) -> Response:
    """The OpenAPI of every service that answers, as one document."""

    async def lire(service: str) -> tuple[str, dict[str, Any] | None]:
        try:
            return service, await user.services.get(service, "/openapi.json")
        except ServiceAbsent:
            return service, None

    documents = await asyncio.gather(*(lire(service) for service in LIBELLES))
    chemins: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for service, document in documents:
        if document is None:
            continue
        texte = orjson.dumps(document).replace(b"#/components/schemas/", f"#/components/schemas/{service}.".encode())
        prefixe = orjson.loads(texte)
        chemins |= {f"/api/{service}{chemin}": valeur for chemin, valeur in prefixe["paths"].items()}
        schemas |= {f"{service}.{nom}": v for nom, v in prefixe.get("components", {}).get("schemas", {}).items()}
    own = request.app.openapi()
    webhooks, faits = decrire()
    corps = {
        "openapi": "3.1.0",
        "info": {"title": "Amanela", "version": "1"},
        "servers": [{"url": request.app.state.means.settings.public_url}],
        "paths": {**own["paths"], **chemins},
        "webhooks": webhooks,
        "components": {
            "schemas": {**own.get("components", {}).get("schemas", {}), **schemas, **faits},
            "securitySchemes": {"jeton": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"jeton": []}],
    }
    return Response(orjson.dumps(corps), media_type="application/json")


@router.api_route("/api/{service}/{chemin:path}", methods=METHODES, include_in_schema=False)
async def transmettre(service: str, chemin: str, request: Request, user: User) -> Response:
    """The service decides: the gateway adds only who is asking."""
    entetes = {nom: valeur for nom in TRANSMIS if (valeur := request.headers.get(nom)) is not None}
    est_fichier = request.method == "PUT" and not _est_json(request)
    if est_fichier and LONGUEUR in request.headers:
        entetes[LONGUEUR] = request.headers[LONGUEUR]
    reponse = await user.services.transmettre(
        service,
        request.method,
        f"/{chemin}",
        requete=request.url.query,
        entetes=entetes,
        corps=request.stream() if est_fichier else await request.body(),
    )
    rendus = {nom: valeur for nom, valeur in reponse.entetes.items() if nom.lower() in RENDUS}
    return Response(reponse.corps, reponse.statut, rendus)


def _est_json(request: Request) -> bool:
    return "json" in request.headers.get("content-type", "json")
