"""Lists and screens about propositions, straight from SQL to schemas."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import CopieProduit, CopieStock, CopieTiers
from services.commercial.copies.queries import PRINCIPALE
from services.commercial.errors import (
    AucuneAutreProposition,
    ComparaisonImpossible,
    LigneInconnue,
    SignatureAbsente,
)
from services.commercial.garde.models import Approbation
from services.commercial.garde.rules import EtatApprobation
from services.commercial.proposition import repository
from services.commercial.proposition.models.lignes import LigneProposition as TableLigne
from services.commercial.proposition.models.lignes import ProduitCacheLigne
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.models.signature import Signature
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.statuts import MODIFIABLES, Statut
from services.commercial.proposition.schemas.comparaison import VueComparaison
from services.commercial.proposition.schemas.vues import (
    BesoinDevis,
    LigneProposition,
    ProduitCacheSitue,
    VueProposition,
    VueSignature,
    VueSigne,
)
from shared.database.search import correspond
from shared.web.paging import Cle, Page, Totaux, paginer, totaliser

COLONNES = (
    *("id", "etude_id", "rang", "numero", "libelle", "objet", "statut", "tiers_id", "tiers_nom", "demande_id"),
    *(
        "demande_numero",
        "commercial_id",
        "avenant_rang",
        "nb_lignes",
        "nb_a_fixer",
        "total_ht",
        "total_ttc",
        "deee_ht",
        "copie_privee_ht",
        "cout_ht",
        "valide_jusqu_au",
    ),
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
    vente = v["total_ht"] - v.pop("deee_ht") - v.pop("copie_privee_ht")  # type: ignore[operator]
    marque = chiffrage.taux_marque(vente, v["cout_ht"]) if couts else None  # type: ignore[arg-type]
    if not couts:
        v["cout_ht"] = None
    lettre = chiffrage.lettre(v["rang"])  # type: ignore[arg-type]
    return LigneProposition.model_validate(
        v | {"lettre": lettre, "taux_marque": marque, "est_modifiee_depuis_envoi": modifiee}
    )


async def lister(
    session: AsyncSession,
    *,
    q: str | None,
    filtres: Filtres,
    couts: bool,
    limite: int,
    curseur: str | None,
    a_approuver: Sequence[str] | None = None,
) -> Page[LigneProposition]:
    """Propositions, the latest first. `filtres` are columns and wanted values."""
    choix = _filtrees(q, filtres, a_approuver)
    cles = [Cle(Proposition.id, decroissant=True)]
    lignes, suite = await paginer(session, choix, cles, limite=limite, curseur=curseur)
    return Page(elements=[resumee(ligne, couts=couts) for ligne in lignes], curseur_suivant=suite)


async def totaux(
    session: AsyncSession, *, q: str | None, filtres: Filtres, a_approuver: Sequence[str] | None
) -> Totaux:
    """How many propositions the filters keep, and what they offer."""
    return await totaliser(session, _filtrees(q, filtres, a_approuver), Proposition.total_ht.expression)


def _filtrees(q: str | None, filtres: Filtres, a_approuver: Sequence[str] | None) -> Select[tuple[object, ...]]:
    """`a_approuver`: those only whose request waits for somebody who holds these rights."""
    choix = resumees()
    if (trouve := correspond(Proposition, q)) is not None:
        choix = choix.where(trouve)
    for nom, valeur in filtres.items():
        if valeur is not None:
            choix = choix.where(getattr(Proposition, nom) == valeur)
    if a_approuver is not None:
        attente = (
            Approbation.droits.contained_by(a_approuver),
            Approbation.etat == EtatApprobation.DEMANDEE,
            Approbation.revision == Proposition.revision,
        )
        choix = choix.where(exists().where(Approbation.proposition_id == Proposition.id, *attente))
        choix = choix.where(Proposition.statut.in_(MODIFIABLES))
    return choix


async def entiere(session: AsyncSession, proposition_id: UUID, *, couts: bool) -> VueProposition:
    """The whole proposition."""
    return VueProposition.de(await repository.get(session, proposition_id), couts)


async def besoins(session: AsyncSession, proposition_id: UUID, *, couts: bool) -> list[BesoinDevis]:
    """What it needs, product by product, with the notes of whoever thought it out."""
    return BesoinDevis.tous(await repository.get(session, proposition_id), couts)


async def comparer(session: AsyncSession, proposition_id: UUID, avec_id: UUID | None, *, couts: bool) -> VueComparaison:
    """What changed from `avec_id` to the proposition; from its previous version when absent."""
    apres = await repository.get(session, proposition_id)
    avant_id = avec_id or apres.version_de_id or await _precedente(session, apres)
    if avant_id is None:
        raise AucuneAutreProposition(numero=apres.numero)
    avant = await repository.get(session, avant_id)
    if avant.etude_id != apres.etude_id or avant.id == apres.id:
        raise ComparaisonImpossible
    return VueComparaison.de(avant, apres, couts)


async def _precedente(session: AsyncSession, proposition: Proposition) -> UUID | None:
    """The one before it: a devis and its avenants are not versions of each other."""
    choix = (
        select(Proposition.id)
        .where(Proposition.etude_id == proposition.etude_id, Proposition.rang < proposition.rang)
        .where(Proposition.avenant_de_id.is_not_distinct_from(proposition.avenant_de_id))
        .order_by(Proposition.rang.desc())
        .limit(1)
    )
    trouvee: UUID | None = await session.scalar(choix)
    return trouvee


async def signature(session: AsyncSession, proposition_id: UUID) -> VueSignature:
    """How the proposition was signed."""
    choix = select(Signature).where(Signature.proposition_id == proposition_id)
    trouvee = (await session.scalars(choix)).one_or_none()
    if trouvee is None:
        raise SignatureAbsente
    return VueSignature.model_validate(trouvee)


async def signe(session: AsyncSession, affaire_id: UUID) -> VueSigne:
    """What was signed for an affaire: its devis, which stay what they were, and their avenants."""
    avenant = Proposition.avenant_de_id.is_not(None)
    somme = func.sum(Proposition.total_ht)
    choix = select(
        func.coalesce(somme, 0), func.coalesce(somme.filter(~avenant), 0), func.count().filter(avenant)
    ).where(Proposition.affaire_id == affaire_id, Proposition.statut == Statut.VALIDE)
    total, devis, avenants = (await session.execute(choix)).one()
    return VueSigne(total_ht=total, devis_ht=devis, avenants_ht=total - devis, nb_avenants=avenants)


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
        .where(CopieStock.produit_id == cache.produit_id, CopieStock.nature == PRINCIPALE)
        .scalar_subquery()
    )
    deee, copie_privee = (func.coalesce(nom, 0) for nom in (CopieProduit.deee_ht, CopieProduit.copie_privee_ht))
    choix = (
        select(cache, CopieTiers.nom, stock, deee, copie_privee)
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
            | {"deee_ht": deee_ht, "copie_privee_ht": copie_privee_ht}
            | ({} if couts else {"cout_ht": None})
        )
        for p, nom, disponible, deee_ht, copie_privee_ht in await session.execute(choix)
    ]
