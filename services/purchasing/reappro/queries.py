"""Reorder rules with what they ask for now: computed from stock and orders, nothing is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.purchasing.besoin.models import Besoin, Feuille
from services.purchasing.besoin.rules import RIEN
from services.purchasing.commande.models import Commande, LigneCommande, PartCommande
from services.purchasing.commande.queries.couverture import couvertures, en_commande
from services.purchasing.commande.rules import ENGAGEES
from services.purchasing.copies.models import CopieAgence, CopieProduit, CopieStock
from services.purchasing.copies.queries import PRINCIPALE
from services.purchasing.reappro.models import RegleReappro
from services.purchasing.reappro.rules import Regle, reapprovisionner
from services.purchasing.reappro.schemas import VueRegle
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

RESTE = LigneCommande.quantite - LigneCommande.quantite_recue


async def lister(session: AsyncSession, *, q: str | None, limite: int, curseur: str | None) -> Page[VueRegle]:
    """Every rule, by reference then agency."""
    requete = (
        select(RegleReappro.id)
        .join(CopieProduit, CopieProduit.produit_id == RegleReappro.produit_id)
        .join(CopieAgence, CopieAgence.agence_id == RegleReappro.agence_id)
    )
    if (trouve := correspond(CopieProduit, q)) is not None:
        requete = requete.where(trouve)
    cles = [Cle(CopieProduit.reference), Cle(CopieAgence.code), Cle(RegleReappro.id)]
    ids, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    produits = select(RegleReappro.produit_id).where(RegleReappro.id.in_(ids)).distinct()
    par_id = {
        vue.id: vue for vues in (await par_produit(session, await session.scalars(produits))).values() for vue in vues
    }
    return Page(elements=[par_id[id_] for id_ in ids if id_ in par_id], curseur_suivant=suite)


async def par_produit(session: AsyncSession, produit_ids: Iterable[UUID]) -> dict[UUID, list[VueRegle]]:
    """The rules of these products with what each asks for, by agency; a constant number of queries."""
    voulus = list(produit_ids)
    requete = (
        select(RegleReappro, CopieProduit, CopieAgence.nom, func.coalesce(CopieStock.disponible, 0))
        .join(CopieProduit, CopieProduit.produit_id == RegleReappro.produit_id)
        .join(CopieAgence, CopieAgence.agence_id == RegleReappro.agence_id)
        .outerjoin(CopieStock, _stock_de_la_regle())
        .where(RegleReappro.produit_id.in_(voulus))
        .order_by(CopieAgence.code)
    )
    lignes = (await session.execute(requete)).all() if voulus else []
    if not lignes:
        return {}
    concernes = {regle.produit_id for regle, *_ in lignes}
    libres = await _libres(session, concernes)
    pris = await _pris_par_les_projets(session, concernes)
    vues: dict[UUID, list[VueRegle]] = defaultdict(list)
    for produit_id in concernes:
        siennes = [ligne for ligne in lignes if ligne[0].produit_id == produit_id]
        regles = [Regle(r.id, r.agence_id, r.mini, r.maxi, disponible) for r, _, _, disponible in siennes]
        calcul = reapprovisionner(regles, libres.get(produit_id, {}), pris.get(produit_id, RIEN))
        for regle, produit, agence_nom, disponible in siennes:
            besoin = calcul[regle.id]
            vue = VueRegle(
                id=regle.id,
                produit_id=produit_id,
                reference=produit.reference,
                designation=produit.designation,
                unite=produit.unite,
                agence_id=regle.agence_id,
                agence_nom=agence_nom,
                mini=regle.mini,
                maxi=regle.maxi,
                disponible=disponible,
                en_commande=besoin.en_commande,
                net=besoin.net,
            )
            vues[produit_id].append(vue)
    return vues


def en_dessous(*, sauf_en_commande: bool, q: str | None) -> Subquery:
    """(product, reference) of what some depot misses; `sauf_en_commande` leaves out depots whose orders suffice.

    What projects may still take of the orders made for nobody is not counted as coming to the depot, whichever depot
    they would take it from: the product is then shown, with its exact figures.
    """
    attendu = (
        select(func.coalesce(func.sum(func.greatest(RESTE - _reste_des_parts(), 0)), 0))
        .join(Commande, Commande.id == LigneCommande.commande_id)
        .where(
            LigneCommande.produit_id == RegleReappro.produit_id,
            Commande.agence_id == RegleReappro.agence_id,
            Commande.etat.in_(ENGAGEES),
            RESTE > 0,
        )
        .scalar_subquery()
    )
    disponible = func.coalesce(CopieStock.disponible, 0)
    requete = (
        select(RegleReappro.produit_id, CopieProduit.reference)
        .join(CopieProduit, and_(CopieProduit.produit_id == RegleReappro.produit_id, CopieProduit.est_actif))
        .outerjoin(CopieStock, _stock_de_la_regle())
        .where(disponible < RegleReappro.mini)
        .distinct()
    )
    if sauf_en_commande:
        sans_commande = func.greatest(attendu - _a_prendre_par_les_projets(), 0)
        requete = requete.where(disponible + sans_commande < RegleReappro.mini)
    if (trouve := correspond(CopieProduit, q)) is not None:
        requete = requete.where(trouve)
    return requete.subquery()


def _reste_des_parts() -> ScalarSelect[Decimal]:
    """What projects still wait for of an order line."""
    return (
        select(func.coalesce(func.sum(PartCommande.quantite - PartCommande.quantite_recue), 0))
        .where(PartCommande.ligne_id == LigneCommande.id)
        .scalar_subquery()
    )


def _a_prendre_par_les_projets() -> ScalarSelect[Decimal]:
    """What the open needs of the product of a rule miss beyond the shares ordered for them."""
    ligne, commande = aliased(LigneCommande), aliased(Commande)
    sa_part = (
        select(func.coalesce(func.sum(PartCommande.quantite - PartCommande.quantite_recue), 0))
        .join(ligne, ligne.id == PartCommande.ligne_id)
        .join(commande, commande.id == ligne.commande_id)
        .where(PartCommande.besoin_id == Besoin.id, commande.etat.in_(ENGAGEES))
        .scalar_subquery()
    )
    return (
        select(func.coalesce(func.sum(func.greatest(Besoin.manquant - sa_part, 0)), 0))
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Besoin.produit_id == RegleReappro.produit_id, Besoin.manquant > 0, Feuille.est_terminee.is_(False))
        .correlate(RegleReappro)
        .scalar_subquery()
    )


def _stock_de_la_regle() -> ColumnElement[bool]:
    """What a depot keeps for itself is of the main nature."""
    return and_(
        CopieStock.produit_id == RegleReappro.produit_id,
        CopieStock.agence_id == RegleReappro.agence_id,
        CopieStock.nature == PRINCIPALE,
    )


async def _libres(session: AsyncSession, produit_ids: Iterable[UUID]) -> dict[UUID, Mapping[UUID | None, Decimal]]:
    """What is ordered for nobody and not received, by product and agency of delivery."""
    libre = func.sum(func.greatest(RESTE - _reste_des_parts(), 0))
    requete = (
        select(LigneCommande.produit_id, Commande.agence_id, libre)
        .join(Commande, Commande.id == LigneCommande.commande_id)
        .where(LigneCommande.produit_id.in_(list(produit_ids)), Commande.etat.in_(ENGAGEES), RESTE > 0)
        .group_by(LigneCommande.produit_id, Commande.agence_id)
    )
    libres: dict[UUID, dict[UUID | None, Decimal]] = defaultdict(dict)
    for produit_id, agence_id, quantite in await session.execute(requete):
        libres[produit_id][agence_id] = quantite
    return dict(libres)


async def _pris_par_les_projets(session: AsyncSession, produit_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """How much of what is ordered for nobody the signed projects will take."""
    voulus = set(produit_ids)
    commandes = await en_commande(session, voulus)
    couverts = await couvertures(session, voulus)
    requete = select(Besoin.id, Besoin.produit_id, Besoin.manquant).where(Besoin.id.in_(list(couverts)))
    pris: dict[UUID, Decimal] = defaultdict(lambda: RIEN)
    for besoin_id, produit_id, manquant in await session.execute(requete):
        propre = min(manquant, commandes[produit_id].parts.get(besoin_id, RIEN))
        pris[produit_id] += couverts[besoin_id].en_commande - propre
    return pris
