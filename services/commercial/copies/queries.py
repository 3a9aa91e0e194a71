"""Reading the copies: for screens, and for use cases that need a name, a price, an address."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CompoundSelect, ScalarSelect, Select, bindparam, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import (
    CopieCollaborateur,
    CopieDemande,
    CopieEncours,
    CopieNature,
    CopieProduit,
    CopieSociete,
    CopieStock,
    CopieTiers,
)
from services.commercial.copies.schemas import LigneCollaborateur, LigneDemande, LigneProduit
from shared.contracts.commercial import Adressage
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.database.search import correspond
from shared.database.statements import once
from shared.documents import identites

COLONNES = ("reference", "designation", "famille", "unite", "nature", "est_stockable")
PRIX = ("prix_achat_ht", "prix_vente_ht", "taux_tva")
TRIES = 200
ENCOURS = once(
    select(CopieTiers.fiche["plafond_encours_ht"].astext, func.coalesce(CopieEncours.encours_ht, 0))
    .outerjoin(CopieEncours, CopieEncours.tiers_id == CopieTiers.tiers_id)
    .where(CopieTiers.tiers_id == bindparam("tiers_id"))
)


# The code of the main nature, inside another statement: between the two facts of a change, the last one heard speaks.
PRINCIPALE: ScalarSelect[str] = (
    select(CopieNature.code)
    .where(CopieNature.est_principale)
    .order_by(CopieNature.seq.desc())
    .limit(1)
    .scalar_subquery()
)


async def nature_principale(session: AsyncSession) -> str:
    """The code of the main nature of stock of the company."""
    return str(await session.scalar(select(PRINCIPALE)))


def avec_stock() -> Select[CopieProduit, str, Decimal]:
    """Products with the name of their supplier and what every agency together has available."""
    stock = (
        select(func.coalesce(func.sum(CopieStock.disponible), 0))
        .where(CopieStock.produit_id == CopieProduit.produit_id, CopieStock.nature == PRINCIPALE)
        .scalar_subquery()
    )
    return select(CopieProduit, CopieTiers.nom, stock.label("stock")).outerjoin(
        CopieTiers, CopieTiers.tiers_id == CopieProduit.fournisseur_id
    )


def en_ligne(produit: CopieProduit, fournisseur: str | None, stock: Decimal, *, couts: bool) -> LigneProduit:
    """A product as screens show it."""
    valeurs = {champ: getattr(produit, champ) for champ in (*COLONNES, *PRIX)}
    if not couts:
        valeurs["prix_achat_ht"] = None
    return LigneProduit.model_validate(
        {"id": produit.produit_id, **valeurs, "fournisseur_nom": fournisseur, "stock": stock}
    )


async def chercher_produits(session: AsyncSession, q: str | None, *, couts: bool, limite: int) -> list[LigneProduit]:
    """Active products by reference, designation, EAN or supplier's reference; an exact reference comes first.

    Of what a common word finds, only the first ones met are sorted: sorting half of a catalogue of 500,000 is what makes
    pickers slow. Until something is typed, the index gives the first references.
    """
    saisie = (q or "").strip()
    rang = (CopieProduit.reference, CopieProduit.produit_id)
    actifs = select(CopieProduit.produit_id).where(CopieProduit.est_actif)
    trouve = correspond(CopieProduit, saisie)
    if trouve is None:
        retenus: Select[UUID] | CompoundSelect[UUID] = actifs.order_by(*rang).limit(limite)
    else:
        exacts = actifs.where(CopieProduit.reference.in_({saisie, saisie.upper()}))
        retenus = union(exacts, select(actifs.where(trouve).limit(TRIES).subquery().c.produit_id))
    exact = func.lower(CopieProduit.reference) == saisie.lower()
    choix = avec_stock().where(CopieProduit.produit_id.in_(retenus)).order_by(exact.desc(), *rang).limit(limite)
    lignes = await session.execute(choix)
    return [en_ligne(produit, fournisseur, stock, couts=couts) for produit, fournisseur, stock in lignes]


async def produits(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, CopieProduit]:
    """Products by id; those not known are absent."""
    lignes = await session.scalars(select(CopieProduit).where(CopieProduit.produit_id.in_(ids)))
    return {produit.produit_id: produit for produit in lignes}


async def tiers(session: AsyncSession, tiers_id: UUID) -> FicheTiers | None:
    """What is known of a tiers."""
    copie = await session.get(CopieTiers, tiers_id)
    return FicheTiers.model_validate(copie.fiche) if copie else None


async def adressee(session: AsyncSession, tiers_id: UUID, adressage: Adressage) -> FicheTiers | None:
    """Whoever receives the papers of a sale to the client `tiers_id`, under the address chosen; None while unknown."""
    client = await tiers(session, tiers_id)
    secondaire = await tiers(session, adressage.tiers_id) if adressage.tiers_id else None
    return identites.adressee(adressage, client, secondaire) if client else None


async def encours(session: AsyncSession, tiers_id: UUID) -> tuple[Decimal | None, Decimal]:
    """The limit of a client (None without one) and what it owes and will owe, HT."""
    lue = (await session.execute(ENCOURS, {"tiers_id": tiers_id})).one_or_none()
    return (Decimal(lue[0]) if lue[0] else None, Decimal(lue[1])) if lue else (None, Decimal(0))


async def societe(session: AsyncSession) -> SocieteModifiee | None:
    """Who we are, once the company's file was written."""
    copie = (await session.scalars(select(CopieSociete).limit(1))).one_or_none()
    return SocieteModifiee.model_validate(copie.fiche) if copie else None


async def collaborateurs(session: AsyncSession) -> list[LigneCollaborateur]:
    """Everybody who still works here, by name."""
    choix = (
        select(CopieCollaborateur.collaborateur_id, CopieCollaborateur.nom)
        .where(CopieCollaborateur.est_actif)
        .order_by(CopieCollaborateur.nom)
    )
    return [LigneCollaborateur(id=id_, nom=nom) for id_, nom in await session.execute(choix)]


async def demandes(session: AsyncSession, q: str | None, *, limite: int) -> list[LigneDemande]:
    """The latest demandes, or those whose number, object or client has words starting as typed."""
    noms = ("numero", "objet", "tiers_id", "tiers_nom")
    choix = select(CopieDemande.demande_id, *(getattr(CopieDemande, nom) for nom in noms))
    if (trouve := correspond(CopieDemande, q)) is not None:
        choix = choix.where(trouve)
    choix = choix.order_by(CopieDemande.demande_id.desc()).limit(limite)
    lignes = await session.execute(choix)
    return [LigneDemande.model_validate(dict(zip(("id", *noms), ligne, strict=True))) for ligne in lignes]


async def de_l_article(session: AsyncSession, chez: str, ean: str | None) -> UUID | None:
    """The product on sale a supplier names so, else the only one of that barcode; a kit is never bought."""
    achetable = (CopieProduit.est_actif, CopieProduit.composants == [])
    nomme = select(CopieProduit.produit_id).where(CopieProduit.chez_fournisseurs.contains([chez]), *achetable)
    trouve: UUID | None = await session.scalar(nomme.order_by(CopieProduit.produit_id).limit(1))
    if trouve is not None or ean is None:
        return trouve
    memes = select(CopieProduit.produit_id).where(CopieProduit.ean == ean, *achetable).limit(2)
    jumeaux = list(await session.scalars(memes))
    return jumeaux[0] if len(jumeaux) == 1 else None
