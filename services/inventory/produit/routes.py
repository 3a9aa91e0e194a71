"""The catalogue over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query

from services.inventory.errors import FormulaireIncorrect, ProduitInconnu, ReferenceDejaPrise, TypeProduitInconnu
from services.inventory.produit import queries, use_cases
from services.inventory.produit.schemas import Famille, LigneProduit, SaisieProduit, VueProduit
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
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
            avec_couts=actor.may("couts.voir"),
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
        return await queries.fiche(tx.session, produit.id, avec_couts=actor.may("couts.voir"))


@router.get("/produits/{produit_id}", responses=refusals(ProduitInconnu))
async def fiche(produit_id: UUID, db: Db, actor: Annotated[Actor, may("produit.lire")]) -> VueProduit:
    """The whole definition of one product."""
    async with db.read() as session:
        return await queries.fiche(session, produit_id, avec_couts=actor.may("couts.voir"))


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
        return await queries.fiche(session, produit_id, avec_couts=actor.may("couts.voir"))
