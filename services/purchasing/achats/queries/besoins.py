"""The list of needs, grouped by product: a constant number of queries whatever the length."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.achats.schemas import (
    BesoinIncertain,
    BesoinProjet,
    BesoinStock,
    EtatBesoin,
    FournisseurPropose,
    GroupeBesoin,
    ListeBesoins,
    StockAgence,
)
from services.purchasing.besoin.models import (
    Besoin,
    BesoinPressenti,
    Feuille,
    PropositionPressentie,
    manque,
)
from services.purchasing.besoin.rules import RIEN, Couverture, couvrir, somme
from services.purchasing.commande.models import Commande, LigneCommande
from services.purchasing.commande.queries.couverture import EnCommande, en_commande
from services.purchasing.commande.rules import ENGAGEES
from services.purchasing.copies.models import (
    CopieNature,
    CopieProduit,
    CopieStock,
    CopieTiers,
    ReferenceChezFournisseur,
)
from services.purchasing.copies.queries import PRINCIPALE
from services.purchasing.negociation import queries as negociations
from services.purchasing.negociation.schemas import VueNegociation
from services.purchasing.reappro import queries as reappro
from services.purchasing.reappro.queries import en_dessous
from services.purchasing.reappro.schemas import VueRegle
from shared.database.search import correspond
from shared.web.paging import Cle, paginer

SOLDES = ("physique", "reserve", "disponible")
Filtre = Literal["a_acheter", "manquants", "tous"]


@dataclass(frozen=True, slots=True)
class Demandeur:
    """What is asked: one demande or all, and what the person may see."""

    demande_id: UUID | None
    couts: bool


async def lister(
    session: AsyncSession,
    *,
    demandeur: Demandeur,
    q: str | None,
    filtre: Filtre,
    produit_id: UUID | None,
    limite: int,
    curseur: str | None,
) -> ListeBesoins:
    """Products wanted by signed projects or missing in a depot by its rule, by reference. For one demande all its products are listed."""
    produits = _produits(demandeur.demande_id, q, filtre, produit_id)
    cles = [Cle(produits.c.reference), Cle(produits.c.produit_id)]
    trouves, suite = await paginer(session, select(produits.c.produit_id), cles, limite=limite, curseur=curseur)
    groupes = await _groupes(session, trouves, demandeur)
    aucun_achat = False
    if demandeur.demande_id is not None:
        aucun_achat = await _aucun_achat(session, demandeur.demande_id)
    return ListeBesoins(elements=groupes, curseur_suivant=suite, aucun_achat=aucun_achat)


def _produits(demande_id: UUID | None, q: str | None, filtre: Filtre, produit_id: UUID | None) -> Subquery:
    """One row per product wanted, with the reference that sorts it."""
    requete: Select[UUID, str] = (
        select(Besoin.produit_id, func.min(Besoin.reference).label("reference"))
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Feuille.est_terminee.is_(False), Besoin.quantite > 0)
        .group_by(Besoin.produit_id)
    )
    if (trouve := correspond(Besoin, q)) is not None:
        requete = requete.where(trouve)
    if produit_id is not None:
        requete = requete.where(Besoin.produit_id == produit_id)
    if demande_id is not None:
        return requete.where(Feuille.demande_id == demande_id).subquery()
    if filtre != "tous":
        requete = requete.having(func.sum(Besoin.manquant) > 0)
    if filtre == "a_acheter":
        du = (
            select(
                LigneCommande.produit_id, func.sum(LigneCommande.quantite - LigneCommande.quantite_recue).label("du")
            )
            .join(Commande, Commande.id == LigneCommande.commande_id)
            .where(Commande.etat.in_(ENGAGEES))
            .group_by(LigneCommande.produit_id)
            .subquery()
        )
        servis = _servis_par_le_stock()
        requete = requete.outerjoin(du, du.c.produit_id == Besoin.produit_id)
        requete = requete.outerjoin(servis, servis.c.produit_id == Besoin.produit_id)
        requete = requete.having(_a_acheter(func.max(du.c.du), func.max(servis.c.servi)))
    sous_mini = en_dessous(sauf_en_commande=filtre == "a_acheter", q=q)
    stock = select(sous_mini.c.produit_id, sous_mini.c.reference)
    if produit_id is not None:
        stock = stock.where(sous_mini.c.produit_id == produit_id)
    tous = union_all(select(requete.subquery()), stock).subquery()
    return (
        select(tous.c.produit_id, func.min(tous.c.reference).label("reference")).group_by(tous.c.produit_id).subquery()
    )


def _servis_par_le_stock() -> Subquery:
    """(product, servi): what the stock of each nature may give to the needs that ask that nature."""
    manques = (
        select(Besoin.produit_id, Feuille.nature_stock.label("nature"), func.sum(Besoin.manquant).label("manquant"))
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Feuille.est_terminee.is_(False), Besoin.manquant > 0)
        .group_by(Besoin.produit_id, Feuille.nature_stock)
        .subquery()
    )
    soldes = select(CopieStock.produit_id, CopieStock.nature, func.sum(CopieStock.disponible).label("disponible"))
    libre = soldes.group_by(CopieStock.produit_id, CopieStock.nature).subquery()
    meme = (libre.c.produit_id == manques.c.produit_id) & (libre.c.nature == manques.c.nature)
    servi = func.sum(func.least(libre.c.disponible, manques.c.manquant)).label("servi")
    return select(manques.c.produit_id, servi).join(libre, meme).group_by(manques.c.produit_id).subquery()


def _a_acheter(du: ColumnElement[Decimal], servi: ColumnElement[Decimal]) -> ColumnElement[bool]:
    """What needs miss is neither on order nor available in the stock that may serve them (besoin.rules.couvrir)."""
    return func.sum(Besoin.manquant) - func.coalesce(servi, 0) > func.coalesce(du, 0)


async def _aucun_achat(session: AsyncSession, demande_id: UUID) -> bool:
    requete = (
        select(func.count(), func.coalesce(func.sum(Besoin.manquant), 0))
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Feuille.demande_id == demande_id)
    )
    nombre, manquant = (await session.execute(requete)).one()
    return bool(nombre) and manquant == 0


async def _groupes(session: AsyncSession, produit_ids: Sequence[UUID], demandeur: Demandeur) -> list[GroupeBesoin]:
    """Everything known of these products, in the order asked."""
    besoins = await _besoins(session, produit_ids)
    commandes = await en_commande(session, produit_ids)
    stocks = await _stocks(session, produit_ids)
    a_part = await _natures_a_part(session)
    pressentis = await _pressentis(session, produit_ids)
    reappros = await reappro.par_produit(session, produit_ids) if demandeur.demande_id is None else {}
    ouvertes = await negociations.concurrentes(session, produit_ids, couts=demandeur.couts)
    fournisseurs = await _fournisseurs(session, produit_ids, couts=demandeur.couts)
    fiches = {
        p.produit_id: p
        for p in await session.scalars(select(CopieProduit).where(CopieProduit.produit_id.in_(produit_ids)))
    }
    return [
        _groupe(
            produit_id,
            besoins.get(produit_id, []),
            commandes[produit_id],
            fiches.get(produit_id),
            demandeur,
            stocks=stocks.get(produit_id, []),
            a_part=a_part,
            pressentis=pressentis.get(produit_id, []),
            negociations=ouvertes.get(produit_id, []),
            fournisseurs=fournisseurs.get(produit_id, []),
            reappros=reappros.get(produit_id, []),
        )
        for produit_id in produit_ids
    ]


async def _besoins(session: AsyncSession, produit_ids: Sequence[UUID]) -> dict[UUID, list[tuple[Besoin, Feuille]]]:
    requete = (
        select(Besoin, Feuille)
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Besoin.produit_id.in_(produit_ids), Besoin.quantite > 0, Feuille.est_terminee.is_(False))
    )
    groupes: dict[UUID, list[tuple[Besoin, Feuille]]] = defaultdict(list)
    for besoin, feuille in await session.execute(requete):
        groupes[besoin.produit_id].append((besoin, feuille))
    return groupes


async def _stocks(session: AsyncSession, produit_ids: Sequence[UUID]) -> dict[UUID, list[StockAgence]]:
    requete = (
        select(CopieStock, CopieNature.libelle, CopieStock.nature == PRINCIPALE)
        .outerjoin(CopieNature, CopieNature.code == CopieStock.nature)
        .where(CopieStock.produit_id.in_(produit_ids))
        .order_by(CopieStock.agence_nom, CopieStock.nature)
    )
    groupes: dict[UUID, list[StockAgence]] = defaultdict(list)
    for stock, libelle, est_principale in await session.execute(requete):
        nomme = {"nature_libelle": libelle or stock.nature, "est_principale": est_principale}
        groupes[stock.produit_id].append(StockAgence.model_validate({**_colonnes(stock), **nomme}))
    return groupes


async def _natures_a_part(session: AsyncSession) -> dict[str, str]:
    """The natures of stock that are not the main one, by code."""
    autres = select(CopieNature.code, CopieNature.libelle).where(CopieNature.code != PRINCIPALE)
    return {ligne.code: ligne.libelle for ligne in await session.execute(autres)}


def _colonnes(stock: CopieStock) -> dict[str, Any]:
    return {champ: getattr(stock, champ) for champ in ("agence_id", "agence_nom", "nature", *SOLDES)}


async def _pressentis(session: AsyncSession, produit_ids: Sequence[UUID]) -> dict[UUID, list[BesoinIncertain]]:
    """What unsigned propositions would want, those of the demande asked included: a variant is uncertain too."""
    requete = (
        select(BesoinPressenti, PropositionPressentie)
        .join(PropositionPressentie, PropositionPressentie.proposition_id == BesoinPressenti.proposition_id)
        .where(BesoinPressenti.produit_id.in_(produit_ids), PropositionPressentie.est_signee.is_(False))
        .order_by(PropositionPressentie.numero)
    )
    groupes: dict[UUID, list[BesoinIncertain]] = defaultdict(list)
    for pressenti, proposition in await session.execute(requete):
        incertain = BesoinIncertain(
            proposition_id=proposition.proposition_id,
            demande_id=proposition.demande_id,
            numero=proposition.numero,
            tiers_nom=proposition.tiers_nom,
            objet=proposition.objet,
            quantite=pressenti.quantite,
        )
        groupes[pressenti.produit_id].append(incertain)
    return groupes


async def _fournisseurs(
    session: AsyncSession, produit_ids: Sequence[UUID], *, couts: bool
) -> dict[UUID, list[FournisseurPropose]]:
    requete = (
        select(ReferenceChezFournisseur, CopieTiers.nom)
        .join(CopieTiers, CopieTiers.tiers_id == ReferenceChezFournisseur.fournisseur_id)
        .where(ReferenceChezFournisseur.produit_id.in_(produit_ids))
        .order_by(ReferenceChezFournisseur.prix_ht.nulls_last(), CopieTiers.nom_tri)
    )
    groupes: dict[UUID, list[FournisseurPropose]] = defaultdict(list)
    for reference, nom in await session.execute(requete):
        propose = FournisseurPropose(
            fournisseur_id=reference.fournisseur_id,
            nom=nom,
            reference=reference.reference,
            prix_ht=reference.prix_ht if couts else None,
        )
        groupes[reference.produit_id].append(propose)
    return groupes


def _groupe(
    produit_id: UUID,
    besoins: list[tuple[Besoin, Feuille]],
    suivi: EnCommande,
    fiche: CopieProduit | None,
    demandeur: Demandeur,
    *,
    stocks: list[StockAgence],
    a_part: dict[str, str],
    pressentis: list[BesoinIncertain],
    negociations: list[VueNegociation],
    fournisseurs: list[FournisseurPropose],
    reappros: list[VueRegle],
) -> GroupeBesoin:
    montres = _demandes(stocks, {f.nature_stock for _, f in besoins}, reappro=bool(reappros) or not besoins)
    par_nature: dict[str, Decimal] = defaultdict(lambda: RIEN)
    for solde in montres:
        par_nature[solde.nature] += solde.disponible
    couverts = couvrir([manque(b, f) for b, f in besoins], suivi.parts, suivi.libre, par_nature)
    projets = [
        _projet(b, f, couverts[b.id], suivi, demandeur.demande_id, a_part.get(f.nature_stock, ""))
        for b, f in sorted(besoins, key=lambda couple: manque(*couple).rang)
    ]
    stock = [r for r in reappros if r.en_commande + r.net > RIEN]
    net_stock = somme(r.net for r in stock)
    net = somme(p.net for p in projets) + net_stock
    manquant = somme(p.manquant for p in projets) + somme(r.en_commande + r.net for r in stock)
    nomme = fiche or besoins[0][0]
    return GroupeBesoin(
        produit_id=produit_id,
        reference=nomme.reference,
        designation=nomme.designation,
        unite=fiche.unite if fiche else "u",
        etat=_etat(manquant - somme(p.stock for p in projets), net, bool(negociations)),
        quantite=somme(p.quantite for p in projets),
        present=somme(p.present for p in projets),
        reserve=somme(p.reserve for p in projets),
        manquant=manquant,
        en_commande=suivi.total,
        net=net,
        net_demande=somme(p.net for p in projets if p.est_demandee) + net_stock,
        disponible=somme(par_nature.values()),
        livraison_prevue=suivi.prochaine,
        prix_achat_ht=fiche.prix_achat_ht if fiche and demandeur.couts else None,
        stocks=montres,
        besoins=projets,
        besoins_stock=[_reappro(r) for r in stock],
        pressentis=pressentis,
        negociations=negociations,
        fournisseurs=fournisseurs,
    )


def _demandes(stocks: list[StockAgence], natures: set[str], *, reappro: bool) -> list[StockAgence]:
    """The balances that count: of the natures the projects ask, and of the main one when a depot asks."""
    return [s for s in stocks if s.nature in natures or (reappro and s.est_principale)]


def _reappro(regle: VueRegle) -> BesoinStock:
    valeurs = regle.model_dump(include=set(BesoinStock.model_fields) - {"regle_id"})
    return BesoinStock(regle_id=regle.id, **valeurs)


def _etat(manquant: Decimal, net: Decimal, negocie: bool) -> EtatBesoin:
    if manquant <= RIEN:
        return "en_stock"
    if net <= RIEN:
        return "en_commande"
    return "en_negociation" if negocie else "a_acheter"


def _projet(
    besoin: Besoin,
    feuille: Feuille,
    couvert: Couverture,
    suivi: EnCommande,
    demande_id: UUID | None,
    nature_a_part: str,
) -> BesoinProjet:
    return BesoinProjet(
        id=besoin.id,
        feuille_id=feuille.feuille_id,
        feuille_numero=feuille.numero,
        demande_id=feuille.demande_id,
        devis_numero=feuille.devis_numero,
        tiers_nom=feuille.tiers_nom,
        objet=feuille.objet,
        agence_id=feuille.agence_id,
        priorite=feuille.priorite,
        depuis=feuille.depuis,
        note=besoin.note,
        quantite=besoin.quantite,
        servi=besoin.present + besoin.reserve,
        present=besoin.present,
        reserve=besoin.reserve,
        manquant=besoin.manquant,
        stock=couvert.stock,
        en_commande=couvert.en_commande,
        net=couvert.net,
        livraison_prevue=suivi.dates.get(besoin.id, suivi.prochaine) if couvert.en_commande > RIEN else None,
        est_demandee=demande_id is None or feuille.demande_id == demande_id,
        nature_a_part=nature_a_part,
    )
