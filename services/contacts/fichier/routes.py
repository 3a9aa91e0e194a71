"""The files of a tiers over HTTP: sent as raw bytes, read piece by piece into the storage."""

import mimetypes
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Query, Request, Response

from services.contacts.errors import FichierInconnu, TiersInconnu
from services.contacts.fichier import queries, use_cases
from services.contacts.fichier.schemas import VueFichier
from shared.fichiers.errors import ContenuTrompeur, FichierTropGros, FichierVide, TypeRefuse
from shared.fichiers.types import ACCEPTES
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("fichiers")
Nom = Annotated[str, Query(min_length=1, max_length=500)]


@router.get("/tiers/{tiers_id}/fichiers")
async def lister(
    tiers_id: UUID, db: Db, _actor: Annotated[Actor, may("tiers.lire")], limite: Limite = 50, curseur: Curseur = None
) -> Page[VueFichier]:
    """The files of a tiers, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, tiers_id, limite=limite, curseur=curseur)


@router.put(
    "/tiers/{tiers_id}/fichiers/{fichier_id}",
    responses=refusals(TiersInconnu, FichierTropGros, FichierVide, TypeRefuse, ContenuTrompeur),
    openapi_extra={"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
async def deposer(
    tiers_id: UUID, fichier_id: UUID, nom: Nom, request: Request, db: Db, actor: Annotated[Actor, may("tiers.modifier")]
) -> VueFichier:
    """Attach the bytes of the body; the sender draws the id, so that a repeated sending attaches once."""
    means: Means = request.app.state.means
    declare = request.headers.get("content-type", "")
    if declare in ("", "application/octet-stream"):
        devine = mimetypes.guess_type(nom)[0]
        declare = devine if devine in ACCEPTES else ""
    pose = await means.stockage.poser(request.stream(), nom, declare)
    async with db.transaction(actor) as tx:
        fichier = await use_cases.joindre(tx, tiers_id, fichier_id, pose)
    return VueFichier.model_validate(fichier)


@router.get("/tiers/{tiers_id}/fichiers/{fichier_id}/contenu", responses=refusals(FichierInconnu))
async def contenu(
    tiers_id: UUID, fichier_id: UUID, request: Request, db: Db, _actor: Annotated[Actor, may("tiers.lire")]
) -> Response:
    """The file to save: never shown by the browser in our name."""
    means: Means = request.app.state.means
    async with db.read() as session:
        fichier = await queries.un(session, tiers_id, fichier_id)
    entetes = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(fichier.nom)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(await means.stockage.lire(fichier.sha256), media_type=fichier.type, headers=entetes)


@router.delete("/tiers/{tiers_id}/fichiers/{fichier_id}", status_code=204, responses=refusals(FichierInconnu))
async def retirer(tiers_id: UUID, fichier_id: UUID, db: Db, actor: Annotated[Actor, may("tiers.modifier")]) -> None:
    """Take a file off the tiers."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer(tx, tiers_id, fichier_id)
