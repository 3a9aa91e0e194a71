"""The catalogue, straight from SQL to schemas."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.copies import queries as copies
from services.inventory.errors import DocumentInconnu, ProduitInconnu
from services.inventory.produit.models import DocumentProduit, Produit
from services.inventory.produit.repository import ENTIER
from services.inventory.produit.rules import PrixVus
from services.inventory.produit.schemas import (
    Famille,
    LigneProduit,
    VueComposant,
    VueDocument,
    VueFournisseur,
    VueProduit,
)
from services.inventory.type_produit.models import TypeProduit
from shared.database.search import correspond
from shared.kernel.text import normaliser_recherche
from shared.web.paging import Cle, Page, paginer

STOCK = table("stock", column("produit_id"), column("physique"), column("reserve"))
COLONNES = (
    *("id", "reference", "designation", "famille", "unite", "nature", "est_stockable", "prix_achat_ht"),
    *("prix_vente_ht", "est_actif"),
)
CALCULEES = ("type_libelle", "type_icone", "physique", "disponible")
ZERO = Decimal(0)


def _solde(expression: ColumnElement[Any]) -> ScalarSelect[Any]:
    return (
        select(func.coalesce(func.sum(expression), ZERO))
        .select_from(STOCK)
        .where(STOCK.c.produit_id == Produit.id)
        .scalar_subquery()
    )


async def lister(
    session: AsyncSession,
    *,
    q: str | None,
    famille: str | None,
    type_id: UUID | None,
    nature: str | None,
    inactifs: bool,
    limite: int,
    curseur: str | None,
    vus: PrixVus,
) -> Page[LigneProduit]:
    """Products in alphabetical order, searched by reference, words, EAN or supplier reference."""
    colonnes: list[Any] = [
        *(getattr(Produit, c) for c in COLONNES),
        TypeProduit.libelle,
        TypeProduit.icone,
        _solde(STOCK.c.physique),
        _solde(STOCK.c.physique - STOCK.c.reserve),
    ]
    requete = select(*colonnes).outerjoin(TypeProduit, TypeProduit.id == Produit.type_id)
    if not inactifs:
        requete = requete.where(Produit.est_actif)
    if q and (trouve := correspond(Produit, q)) is not None:
        requete = requete.where(trouve)
    for colonne, valeur in ((Produit.famille, famille), (Produit.type_id, type_id), (Produit.nature, nature)):
        if valeur:
            requete = requete.where(colonne == valeur)
    cles = [Cle(Produit.designation_tri), Cle(Produit.id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = (*COLONNES, *CALCULEES)
    elements = [LigneProduit.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    if tus := vus.tus():
        elements = [e.model_copy(update=tus) for e in elements]
    return Page(elements=elements, curseur_suivant=suite)


async def familles(session: AsyncSession) -> list[Famille]:
    """The families in use and how many products each holds, sorted without regard to accents."""
    requete = (
        select(Produit.famille, func.count())
        .where(Produit.est_actif, Produit.famille != "")
        .group_by(Produit.famille)
        .order_by(Produit.famille)
        .limit(200)
    )
    lignes = (await session.execute(requete)).all()
    connues = [Famille(famille=nom, nombre=nombre) for nom, nombre in lignes]
    return sorted(connues, key=lambda f: normaliser_recherche(f.famille))


async def fiche(session: AsyncSession, produit_id: UUID, *, vus: PrixVus) -> VueProduit:
    """The whole definition of one product."""
    produit = await session.get(Produit, produit_id, options=ENTIER)
    if produit is None:
        raise ProduitInconnu
    noms = await copies.noms(session, (f.fournisseur_id for f in produit.fournisseurs))
    vue = VueProduit.model_validate({**_champs(produit), "composants": await _composants(session, produit)})
    fournisseurs = [
        VueFournisseur.model_validate(f).model_copy(
            update={"fournisseur_nom": noms.get(f.fournisseur_id), **({} if vus.couts else {"prix_ht": None})}
        )
        for f in produit.fournisseurs
    ]
    libelle = {
        "type_code": produit.type and produit.type.code,
        "type_libelle": produit.type and produit.type.libelle,
        "type_icone": produit.type and produit.type.icone,
    }
    choix = select(DocumentProduit).where(DocumentProduit.produit_id == produit_id).order_by(DocumentProduit.id)
    documents = [VueDocument.model_validate(document) for document in await session.scalars(choix)]
    return vue.model_copy(update={"fournisseurs": fournisseurs, "documents": documents, **libelle, **vus.tus()})


def _champs(produit: Produit) -> dict[str, Any]:
    ailleurs = ("type_code", "type_libelle", "type_icone", "documents", "composants")
    return {nom: getattr(produit, nom) for nom in VueProduit.model_fields if nom not in ailleurs}


async def _composants(session: AsyncSession, produit: Produit) -> list[VueComposant]:
    """The parts of a kit, named, in their order."""
    voulus = {UUID(c["produit_id"]): Decimal(c["quantite"]) for c in produit.composants}
    choix = select(Produit.id, Produit.reference, Produit.designation, Produit.unite).where(Produit.id.in_(voulus))
    trouves = {id_: mots for id_, *mots in await session.execute(choix)} if voulus else {}
    return [
        VueComposant(
            produit_id=id_,
            quantite=quantite,
            reference=trouves[id_][0],
            designation=trouves[id_][1],
            unite=trouves[id_][2],
        )
        for id_, quantite in voulus.items()
    ]


async def document(session: AsyncSession, produit_id: UUID, document_id: UUID) -> DocumentProduit:
    """Where a file about a product is kept."""
    choix = select(DocumentProduit).where(DocumentProduit.id == document_id, DocumentProduit.produit_id == produit_id)
    trouve = (await session.scalars(choix)).one_or_none()
    if trouve is None:
        raise DocumentInconnu
    return trouve
