"""The configuration as a file: kept, carried to another company, replaced."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response, UploadFile

from gateway.errors import Refus
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
URL = "/demandes/configuration/echange"
FICHIER_MAX = 1024 * 1024
ILLISIBLE = "Ce fichier n’est pas une configuration : choisissez un fichier .json téléchargé ici."


@router.get(URL)
async def echange(request: Request, user: User) -> Response:
    """Download the present configuration, or replace it."""
    return await _page(request, user)


@router.get(f"{URL}/configuration.json")
async def telecharger(user: User) -> Response:
    """Types, states, rules, boards and subjects in use."""
    lue = await user.services.get("demandes", "/configuration")
    entetes = {"content-disposition": 'attachment; filename="configuration-demandes.json"'}
    corps = json.dumps(lue, ensure_ascii=False, indent=1)
    return Response(corps, media_type="application/json", headers=entetes)


@router.post(URL)
async def importer(request: Request, user: User, fichier: UploadFile) -> Response:
    """Replace everything at once, or say what does not hold together."""
    lue = await _lire(fichier)
    if lue is None:
        return await _page(request, user, [ILLISIBLE])
    try:
        await user.services.put("demandes", "/configuration", lue)
    except Refus as refus:
        messages = [f"{champ} : {message}" for champ, message in refus.erreurs.items()] if refus.erreurs else []
        return await _page(request, user, messages[:10] or [refus.detail])
    return aller(request, "/demandes/configuration", toast="Configuration importée")


async def _lire(fichier: UploadFile) -> Any:
    brut = await fichier.read(FICHIER_MAX + 1)
    try:
        return json.loads(brut) if brut and len(brut) <= FICHIER_MAX else None
    except (ValueError, RecursionError):  # nested without end
        return None


async def _page(request: Request, user: Utilisateur, messages: list[str] | None = None) -> Response:
    contexte: dict[str, Any] = {
        "types": await user.services.get("demandes", "/types-demande"),
        "tableaux": await user.services.get("demandes", "/tableaux"),
        "messages": messages or [],
    }
    statut = 422 if messages else 200
    return rendre(
        request, "demandes/echange.html", onglet="configuration", fragment="import", status_code=statut, **contexte
    )
