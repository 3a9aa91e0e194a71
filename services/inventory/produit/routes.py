"""The catalogue over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request, Response

from services.inventory.errors import (
    DocumentInconnu,
    FormulaireIncorrect,
    ProduitInconnu,
    ReferenceDejaPrise,
    TropDeDocuments,
    TypeProduitInconnu,
)
from services.inventory.produit import queries, use_cases
from services.inventory.produit.rules import PrixVus
from services.inventory.produit.schemas import Famille, LigneProduit, SaisieProduit, VueProduit
from shared.fichiers.errors import ContenuTrompeur, FichierVide, TypeRefuse
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("produits")


@router.get("/produits")
async def lister(
    db: Db,
    actor: Annotated[Actor, may("produit.lire")],
    q: Recherche = None,
    famille: Annotated[str | None, Query(max_length=60)] = None,
    type_id: UUID | None = None,
    nature: Literal["bien", "service"] | None = None,
    inactifs: bool = False,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneProduit]:
    """The catalogue, searched by reference, words, EAN or supplier reference."""
    async with db.read() as session:
        return await queries.lister(
            session,
            q=q,
            famille=famille,
            type_id=type_id,
            nature=nature,
            inactifs=inactifs,
            limite=limite,
            curseur=curseur,
            vus=PrixVus.par(actor.may),
        )


@router.get("/familles")
async def familles(db: Db, _actor: Annotated[Actor, may("produit.lire")]) -> list[Famille]:
    """The families of products in use."""
    async with db.read() as session:
        return await queries.familles(session)


@router.post(
    "/produits", status_code=201, responses=refusals(ReferenceDejaPrise, TypeProduitInconnu, FormulaireIncorrect)
)
async def creer(saisie: SaisieProduit, db: Db, actor: Annotated[Actor, may("produit.modifier")]) -> VueProduit:
    """A new product."""
    async with db.transaction(actor) as tx:
        produit = await use_cases.creer(tx, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, produit.id, vus=PrixVus.par(actor.may))


@router.get("/produits/{produit_id}", responses=refusals(ProduitInconnu))
async def fiche(produit_id: UUID, db: Db, actor: Annotated[Actor, may("produit.lire")]) -> VueProduit:
    """The whole definition of one product."""
    async with db.read() as session:
        return await queries.fiche(session, produit_id, vus=PrixVus.par(actor.may))


@router.put(
    "/produits/{produit_id}",
    responses=refusals(ProduitInconnu, ReferenceDejaPrise, TypeProduitInconnu, FormulaireIncorrect, VersionPerimee),
)
async def modifier(
    produit_id: UUID,
    saisie: SaisieProduit,
    db: Db,
    version: IfMatch,
    actor: Annotated[Actor, may("produit.modifier")],
) -> VueProduit:
    """Replace the definition; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        await use_cases.modifier(tx, produit_id, saisie, version)
    async with db.read() as session:
        return await queries.fiche(session, produit_id, vus=PrixVus.par(actor.may))


@router.put(
    "/produits/{produit_id}/documents",
    status_code=204,
    responses=refusals(ProduitInconnu, TropDeDocuments, FichierVide, ContenuTrompeur, TypeRefuse),
)
async def joindre(
    produit_id: UUID,
    nom: Annotated[str, Query(min_length=1, max_length=200)],
    request: Request,
    db: Db,
    actor: Annotated[Actor, may("produit.modifier")],
) -> Response:
    """A data sheet, a manual, a certificate: the body is the file."""
    means: Means = request.app.state.means
    fichier = await means.stockage.poser(await request.body(), nom, request.headers.get("content-type", ""))
    async with db.transaction(actor) as tx:
        await use_cases.joindre(tx, produit_id, fichier)
    return Response(status_code=204)


@router.get("/produits/{produit_id}/documents/{document_id}", responses=refusals(DocumentInconnu))
async def document(
    produit_id: UUID, document_id: UUID, request: Request, db: Db, _actor: Annotated[Actor, may("produit.lire")]
) -> Response:
    """The file."""
    async with db.read() as session:
        trouve = await queries.document(session, produit_id, document_id)
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(trouve.sha256)
    return Response(contenu, media_type=trouve.type, headers=a_montrer(trouve.nom))


@router.delete(
    "/produits/{produit_id}/documents/{document_id}",
    status_code=204,
    responses=refusals(DocumentInconnu, ProduitInconnu),
)
async def retirer_document(
    produit_id: UUID, document_id: UUID, db: Db, actor: Annotated[Actor, may("produit.modifier")]
) -> Response:
    """It is no longer of use."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer_document(tx, produit_id, document_id)
    return Response(status_code=204)
