"""What programs read of webhooks in the OpenAPI: each public fact, as it is POSTed to them."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from gateway.webhook.catalogue import FAMILLES
from gateway.webhook.rules import est_cout, partie_de

Json = dict[str, Any]
REFERENCE = "#/components/schemas/faits.{model}"
ENTETES = ("webhook-id", "webhook-timestamp", "webhook-signature")


def decrire() -> tuple[Json, Json]:
    """The `webhooks` of an OpenAPI document, and the schemas they name."""
    appels: Json = {}
    schemas: Json = {}
    for famille in FAMILLES:
        for fait in famille.faits:
            schema = fait.fait.model_json_schema(mode="serialization", ref_template=REFERENCE)
            lus = {fait.fait.__name__: schema, **schema.pop("$defs", {})}
            for modele in _modeles(fait.fait):
                lus[modele.__name__]["required"] = _toujours_la(modele, lus[modele.__name__])
            schemas |= {f"faits.{nom}": lu for nom, lu in lus.items()}
            appels[fait.type] = {"post": _appel(fait.libelle, famille.libelle, fait.type, fait.fait.__name__)}
    return appels, schemas


def _modeles(modele: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A fact and every part it holds."""
    yield modele
    for info in modele.model_fields.values():
        if (partie := partie_de(info.annotation)) is not None:
            yield from _modeles(partie)


def _toujours_la(modele: type[BaseModel], schema: Json) -> list[str]:
    """The required fields but those that say what we pay: they are left out unless the webhook asks for them."""
    return [nom for nom in schema.get("required", ()) if not est_cout(modele.model_fields[nom])]


def _appel(libelle: str, famille: str, type_: str, nom: str) -> Json:
    message = {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": type_},
            "timestamp": {"type": "string", "format": "date-time"},
            "demande_id": {"type": ["string", "null"], "format": "uuid"},
            "data": {"$ref": REFERENCE.format(model=nom)},
        },
    }
    entete = {"in": "header", "required": True, "schema": {"type": "string"}}
    return {
        "tags": ["webhooks"],
        "summary": f"{famille} : {libelle}",
        "parameters": [{"name": en_tete, **entete} for en_tete in ENTETES],
        "requestBody": {"required": True, "content": {"application/json": {"schema": message}}},
        "responses": {
            "2XX": {"description": "Reçu : le fait n’est plus envoyé."},
            "410": {"description": "N’envoyez plus rien : le webhook s’arrête."},
            "default": {"description": "Le fait est renvoyé plus tard, avec le même webhook-id."},
        },
    }
