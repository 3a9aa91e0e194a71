"""Lists and screens about propositions, straight from SQL to schemas."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import CopieProduit, CopieStock, CopieTiers
from services.commercial.errors import LigneInconnue, SignatureAbsente
from services.commercial.proposition import repository
from services.commercial.proposition.models import LigneProposition as TableLigne
from services.commercial.proposition.models import ProduitCacheLigne, Proposition, Signature
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.proposition.schemas.vues import (
    LigneProposition,
    ProduitCacheSitue,
    VueProposition,
    VueSignature,
)
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

COLONNES = (
    *("id", "etude_id", "rang", "numero", "libelle", "objet", "statut", "tiers_id", "tiers_nom", "demande_id"),
    *("demande_numero", "commercial_id", "nb_lignes", "total_ht", "total_ttc", "cout_ht", "valide_jusqu_au"),
    *("envoye_le", "valide_le", "revision", "revision_envoyee"),
)
Filtres = dict[str, UUID | Statut | None]


def resumees() -> Select[tuple[object, ...]]:
    """The columns of a list, without loading whole propositions."""
    return select(*(getattr(Proposition, colonne) for colonne in COLONNES))


def resumee(valeurs: tuple[object, ...], *, couts: bool) -> LigneProposition:
    """One row of a list."""
    v = dict(zip(COLONNES, valeurs, strict=True))
    modifiee = v["statut"] is Statut.ENVOYE and v.pop("revision") != v.pop("revision_envoyee")
    marque = chiffrage.taux_marque(v["total_ht"], v["cout_ht"]) if couts else None  # type: ignore[arg-type]
    if not couts:
        v["cout_ht"] = None
    lettre = chiffrage.lettre(v["rang"])  # type: ignore[arg-type]
    return LigneProposition.model_validate(
        v | {"lettre": lettre, "taux_marque": marque, "est_modifiee_depuis_envoi": modifiee}
    )


async def lister(
    session: AsyncSession, *, q: str | None, filtres: Filtres, couts: bool, limite: int, curseur: str | None
) -> Page[LigneProposition]:
    """Propositions, the latest first. `filtres` are columns and wanted values."""
    choix = resumees()
    if (trouve := correspond(Proposition, q)) is not None:
        choix = choix.where(trouve)
    for nom, valeur in filtres.items():
        if valeur is not None:
            choix = choix.where(getattr(Proposition, nom) == valeur)
    cles = [Cle(Proposition.id, decroissant=True)]
    lignes, suite = await paginer(session, choix, cles, limite=limite, curseur=curseur)
    return Page(elements=[resumee(ligne, couts=couts) for ligne in lignes], curseur_suivant=suite)


async def entiere(session: AsyncSession, proposition_id: UUID, *, couts: bool) -> VueProposition:
    """The whole proposition."""
    return VueProposition.de(await repository.get(session, proposition_id), couts)


async def signature(session: AsyncSession, proposition_id: UUID) -> VueSignature:
    """How the proposition was signed."""
    choix = select(Signature).where(Signature.proposition_id == proposition_id)
    trouvee = (await session.scalars(choix)).one_or_none()
    if trouvee is None:
        raise SignatureAbsente
    return VueSignature.model_validate(trouvee)


async def produits_caches(
    session: AsyncSession, proposition_id: UUID, ligne_id: UUID, *, couts: bool
) -> list[ProduitCacheSitue]:
    """The hidden products of one line, with their usual supplier and what stock has of them."""
    ligne = select(TableLigne.id).where(TableLigne.id == ligne_id, TableLigne.proposition_id == proposition_id)
    if await session.scalar(ligne) is None:
        raise LigneInconnue
    cache = ProduitCacheLigne
    stock = (
        select(func.coalesce(func.sum(CopieStock.disponible), 0))
        .where(CopieStock.produit_id == cache.produit_id)
        .scalar_subquery()
    )
    choix = (
        select(cache, CopieTiers.nom, stock)
        .outerjoin(CopieProduit, CopieProduit.produit_id == cache.produit_id)
        .outerjoin(CopieTiers, CopieTiers.tiers_id == CopieProduit.fournisseur_id)
        .where(cache.ligne_id == ligne_id)
        .order_by(cache.rang, cache.id)
    )
    champs = ("id", "produit_id", "reference", "designation", "quantite", "note", "cout_ht")
    return [
        ProduitCacheSitue.model_validate(
            {champ: getattr(p, champ) for champ in champs}
            | {"fournisseur_nom": nom, "stock": disponible if p.est_stockable else None}
            | ({} if couts else {"cout_ht": None})
        )
        for p, nom, disponible in await session.execute(choix)
    ]
