"""What nobody should send is refused in French by every operation of the API, and nothing is written."""

import copy
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import text, update

from gateway.compte.models import Compte
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import SERVICES, Bureau, Poste, ouvrir

ECRITURES = ("post", "put", "patch", "delete")
ANGLAIS = re.compile(
    r"\b(field|required|input should|expected|invalid|not found|error|unable|must be)\b", re.IGNORECASE
)
JSON = "application/json"
DIX_MO = b'"' + b"x" * 10_000_000 + b'"'
MARQUE = "<script>alert(1)</script>"


@dataclass(frozen=True, slots=True)
class Operation:
    """One write of a service: its address with unknown ids, and a body its schema accepts (None when it has none)."""

    methode: str
    chemin: str
    vise_un_objet: bool
    corps: Any

    def __str__(self) -> str:
        return f"{self.methode.upper()} {self.chemin}"


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    schemas = document["components"]["schemas"]
    for chemin, verbes in document["paths"].items():
        for methode in ECRITURES:
            if methode not in verbes or not chemin.startswith("/api/"):
                continue
            contenu = verbes[methode].get("requestBody", {}).get("content", {}).get("application/json")
            corps = _exemple(contenu["schema"], schemas) if contenu else None
            adresse = re.sub(r"\{\w+\}", lambda _: str(new_id()), chemin)
            yield Operation(methode, adresse, "{" in chemin, corps)


def _exemple(schema: dict[str, Any], schemas: dict[str, Any], profondeur: int = 0) -> Any:
    """The smallest value a JSON schema accepts, text carrying HTML wherever it may."""
    while "$ref" in schema or "anyOf" in schema or "oneOf" in schema:
        vise = schema.get("$ref", "").rsplit("/", 1)[-1]
        schema = schemas[vise] if vise else (schema.get("anyOf") or schema["oneOf"])[0]
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            requis = schema.get("required", []) if profondeur < 6 else []
            return {nom: _exemple(schema["properties"][nom], schemas, profondeur + 1) for nom in requis}
        case "array":
            return [_exemple(schema.get("items", {}), schemas, profondeur + 1)] * schema.get("minItems", 0)
        case "integer" | "number":
            return max(1, int(schema.get("minimum", 1)))
        case "boolean":
            return True
    return _texte(schema)


def _texte(schema: dict[str, Any]) -> str:
    formats = {"uuid": str(new_id()), "date": "2026-11-27", "date-time": "2026-11-27T10:00:00Z", "binary": "x"}
    if schema.get("format") in formats:
        return formats[schema["format"]]
    if "pattern" in schema:
        return "1"
    return MARQUE[: schema.get("maxLength", len(MARQUE))]


@pytest.fixture(params=SERVICES)
async def bureau(
    request: pytest.FixtureRequest,
    service_database: ServiceDatabase,
    clock: FrozenClock,
    test_settings: Settings,
    renderer: Renderer,
) -> AsyncIterator[tuple[str, Bureau]]:
    """One service behind the gateway, empty."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir(request.param, **moyens) as ouvert:  # type: ignore[arg-type]
        yield request.param, ouvert


async def _operations_de(poste: Poste, service: str) -> list[Operation]:
    document = (await poste.http.get("/api/openapi.json")).json()
    trouvees = [o for o in _operations(document) if o.chemin.startswith(f"/api/{service}/")]
    assert trouvees, f"{service} ne montre aucune opération"
    return trouvees


async def _envoyer(poste: Poste, operation: Operation, contenu: bytes, type_: str = JSON) -> httpx.Response:
    entetes = {"content-type": type_, "X-CSRF-Token": poste.csrf, "If-Match": "1"}
    return await poste.http.request(operation.methode, operation.chemin, content=contenu, headers=entetes)


def _refus(operation: Operation, reponse: httpx.Response, *attendus: int) -> None:
    """A problem in French, of one of these statuses."""
    dit = f"{operation} : {reponse.status_code} {reponse.text[:400]}"
    assert reponse.status_code in attendus, dit
    assert reponse.headers["content-type"] == "application/problem+json", dit
    probleme = reponse.json()
    phrases = [probleme["detail"], *(e["message"] for e in probleme.get("erreurs", []))]
    for phrase in phrases:
        assert len(phrase) > 10, dit
        assert not ANGLAIS.search(phrase), dit


async def _lignes(database: Database) -> dict[str, int]:
    """How many rows each table of a service holds."""
    async with database.read() as session:
        tables = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        noms = sorted(tables)
        union = " UNION ALL ".join(f"SELECT '{nom}', count(*) FROM \"{nom}\"" for nom in noms)
        return {ligne[0]: ligne[1] for ligne in await session.execute(text(union))}


async def test_every_write_refuses_what_is_malformed_unknown_or_too_large(bureau: tuple[str, Bureau]) -> None:
    service, ouvert = bureau
    direction = await ouvert.asseoir("admin", "administrateur")
    operations = await _operations_de(direction, service)
    avant = await _lignes(ouvert.bases[service])
    for operation in operations:
        if operation.corps is not None:
            _refus(operation, await _envoyer(direction, operation, b'{"nom": '), 404, 422)
            _refus(operation, await _envoyer(direction, operation, b'["une liste"]'), 404, 422)
        for type_ in (JSON, "Application/Autre+JSON"):
            _refus(operation, await _envoyer(direction, operation, DIX_MO, type_), 413)
    assert await _lignes(ouvert.bases[service]) == avant


async def test_every_write_on_an_unknown_object_says_so(bureau: tuple[str, Bureau]) -> None:
    service, ouvert = bureau
    direction = await ouvert.asseoir("admin", "administrateur")
    for operation in await _operations_de(direction, service):
        contenu = b"" if operation.corps is None else httpx.Request("POST", "/", json=operation.corps).content
        reponse = await _envoyer(direction, operation, contenu)
        if operation.vise_un_objet or reponse.status_code >= 400:
            _refus(operation, reponse, 404, 409, 422)


async def test_every_write_is_refused_to_whoever_may_not(bureau: tuple[str, Bureau]) -> None:
    service, ouvert = bureau
    direction = await ouvert.asseoir("admin", "administrateur")
    operations = await _operations_de(direction, service)
    visiteur = await ouvert.asseoir("visiteur", "technicien")
    async with ouvert.bases["gateway"].transaction(Actor.systeme("Essai")) as tx:
        await tx.execute(update(Compte).where(Compte.identifiant == "visiteur").values(roles=[]))
    ouvert.app.state.registre.oublier()
    avant = await _lignes(ouvert.bases[service])
    for operation in operations:
        corps = copy.deepcopy(operation.corps)
        contenu = b"" if corps is None else httpx.Request("POST", "/", json=corps).content
        _refus(operation, await _envoyer(visiteur, operation, contenu), 403)
    assert await _lignes(ouvert.bases[service]) == avant
