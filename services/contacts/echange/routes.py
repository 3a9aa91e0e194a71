"""Files of tiers over HTTP: exported as filtered; imported in three steps, send, try, apply."""

import asyncio
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response

from services.contacts.echange import queries, use_cases
from services.contacts.echange.schemas import SaisieLancement, VueImport
from services.contacts.errors import (
    ColonneManquante,
    ImportDejaApplique,
    ImportEnCours,
    ImportInconnu,
    TropDeLignesImport,
)
from services.contacts.genre.schemas import CodeGenre
from shared.fichiers import tableur
from shared.fichiers.errors import FichierTropGros, TableurIllisible, TableurTropGros
from shared.fichiers.types import CSV, XLSX
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Recherche
from shared.web.problems import refusals

router = new_router("echanges")
Importeur = Annotated[Actor, may("tiers.importer")]


@router.get("/export-tiers")
async def exporter(
    db: Db,
    actor: Annotated[Actor, may("tiers.lire")],
    forme: Literal["csv", "xlsx"] = "csv",
    q: Recherche = None,
    role: CodeGenre | None = None,
) -> Response:
    """The list as filtered, in columns that an import understands."""
    async with db.read() as session:
        rangees = await queries.exporter(session, actor, q=q, role=role)
    if forme == "csv":
        contenu, genre = tableur.ecrire_csv(rangees), "text/csv; charset=utf-8"
    else:
        contenu, genre = tableur.ecrire_xlsx(rangees, "Contacts"), XLSX
    return Response(
        contenu, media_type=genre, headers={"Content-Disposition": f'attachment; filename="contacts.{forme}"'}
    )


@router.put(
    "/imports/{import_id}",
    responses=refusals(TableurIllisible, TableurTropGros, TropDeLignesImport, FichierTropGros),
    openapi_extra={"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
async def envoyer(
    import_id: UUID,
    nom: Annotated[str, Query(min_length=1, max_length=500)],
    request: Request,
    db: Db,
    actor: Importeur,
) -> VueImport:
    """Read the file of the body: its headings, its first rows, what its columns probably mean."""
    means: Means = request.app.state.means
    genre = XLSX if nom.lower().endswith(".xlsx") else CSV
    fichier = await means.stockage.poser(request.stream(), nom, genre)
    with await means.stockage.ouvrir(fichier.sha256) as octets:
        lues = await asyncio.to_thread(use_cases.lire, octets)
    async with db.transaction(actor) as tx:
        ouvert = await use_cases.ouvrir(tx, import_id, fichier, lues)
    return VueImport.model_validate(ouvert)


@router.post(
    "/imports/{import_id}/lancer",
    status_code=202,
    responses=refusals(ImportInconnu, ColonneManquante, ImportEnCours, ImportDejaApplique),
)
async def lancer(import_id: UUID, saisie: SaisieLancement, db: Db, actor: Importeur) -> VueImport:
    """Try or apply; read the import again to follow it."""
    async with db.transaction(actor) as tx:
        lance = await use_cases.lancer(tx, import_id, saisie)
    return VueImport.model_validate(lance)


@router.get("/imports/{import_id}", responses=refusals(ImportInconnu))
async def suivre(import_id: UUID, db: Db, _actor: Importeur) -> VueImport:
    """Where an import stands, with the rows left out."""
    async with db.read() as session:
        return await queries.un(session, import_id)
