"""Suppliers' catalogues over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from services.commercial.catalogue_fournisseur import queries, use_cases
from services.commercial.catalogue_fournisseur.schemas import (
    SaisieDepuisCatalogue,
    SaisieProfil,
    VueImport,
    VueProfil,
    VueReference,
)
from services.commercial.errors import (
    CatalogueSansProfil,
    CatalogueSansSource,
    ImportInconnu,
    PropositionFigee,
    PropositionInconnue,
    ReferenceInconnue,
    SourceIncorrecte,
)
from services.commercial.proposition.schemas.vues import VueContenu
from shared.fichiers.errors import FichierTropGros, FichierVide, TypeRefuse
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.limits import CATALOGUE_MAX
from shared.web.problems import refusals

router = new_router("catalogues")
Acheteur = Annotated[Actor, may("achat.modifier")]


@router.get("/references-fournisseur")
async def chercher(
    db: Db,
    actor: Annotated[Actor, may("devis.lire")],
    q: Annotated[str, Query(min_length=1, max_length=100)],
    limite: Annotated[int, Query(ge=1, le=50)] = 8,
) -> list[VueReference]:
    """Articles of every supplier, by reference, EAN or beginnings of words."""
    async with db.read() as session:
        return await queries.chercher(session, q, limite=limite, couts=actor.may("couts.voir"))


@router.get("/catalogues-fournisseur/{fournisseur_id}/profil")
async def profil(fournisseur_id: UUID, db: Db, _actor: Acheteur) -> VueProfil:
    """How its files are read."""
    async with db.read() as session:
        return await queries.profil(session, fournisseur_id)


@router.put("/catalogues-fournisseur/{fournisseur_id}/profil", status_code=204, responses=refusals(SourceIncorrecte))
async def fixer_profil(fournisseur_id: UUID, saisie: SaisieProfil, db: Db, actor: Acheteur) -> Response:
    """Say it once: a nightly import then needs only the file."""
    async with db.transaction(actor) as tx:
        await use_cases.fixer_profil(tx, fournisseur_id, saisie)
    return Response(status_code=204)


@router.put(
    "/catalogues-fournisseur/{fournisseur_id}/fichier",
    status_code=202,
    responses=refusals(CatalogueSansProfil, FichierVide, FichierTropGros, TypeRefuse),
)
async def importer(
    fournisseur_id: UUID,
    nom: Annotated[str, Query(min_length=1, max_length=200)],
    request: Request,
    db: Db,
    actor: Acheteur,
    essai: bool = False,
) -> VueImport:
    """Read a file, CSV or XLSX; with `essai`, only say what it would do. `GET .../imports/{id}` tells how it went."""
    means: Means = request.app.state.means
    genre = request.headers.get("content-type", "")
    fichier = await means.stockage.poser(request.stream(), nom, genre, maximum=CATALOGUE_MAX)
    async with db.transaction(actor) as tx:
        return VueImport.model_validate(await use_cases.demander(tx, fournisseur_id, fichier, est_essai=essai))


@router.post(
    "/catalogues-fournisseur/{fournisseur_id}/relever",
    status_code=202,
    responses=refusals(CatalogueSansProfil, CatalogueSansSource),
)
async def relever(fournisseur_id: UUID, db: Db, actor: Acheteur) -> VueImport:
    """Fetch its catalogue now, without waiting for the night."""
    async with db.transaction(actor) as tx:
        return VueImport.model_validate(await use_cases.relever(tx, fournisseur_id))


@router.get("/imports-catalogue")
async def lister(db: Db, _actor: Acheteur, fournisseur_id: UUID | None = None) -> list[VueImport]:
    """The last imports, the latest first."""
    async with db.read() as session:
        return await queries.imports(session, fournisseur_id)


@router.get("/imports-catalogue/{import_id}", responses=refusals(ImportInconnu))
async def un_import(import_id: UUID, db: Db, _actor: Acheteur) -> VueImport:
    """How it went."""
    async with db.read() as session:
        return await queries.un_import(session, import_id)


@router.post(
    "/propositions/{proposition_id}/depuis-catalogue",
    status_code=201,
    responses=refusals(PropositionInconnue, PropositionFigee, VersionPerimee, ReferenceInconnue),
)
async def deposer(
    proposition_id: UUID,
    saisie: SaisieDepuisCatalogue,
    db: Db,
    version: IfMatch,
    actor: Annotated[Actor, may("devis.modifier")],
) -> VueContenu:
    """A line for an article of a supplier."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.deposer(tx, proposition_id, saisie, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))
