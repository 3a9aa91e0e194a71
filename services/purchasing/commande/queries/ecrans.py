"""Lists and screens about orders, straight from SQL to schemas."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.besoin.models import Besoin, Feuille
from services.purchasing.commande import rules
from services.purchasing.commande.models import Commande, LigneCommande
from services.purchasing.commande.repository import ENTIERE
from services.purchasing.commande.rules import EtatCommande
from services.purchasing.commande.schemas import LigneListeCommande, VueCommande, VueLigneCommande
from services.purchasing.copies import queries as copies
from services.purchasing.errors import CommandeInconnue
from shared.database.search import correspond
from shared.kernel.money import total_ligne_ht
from shared.web.paging import Cle, Page, Recherche, Totaux, paginer, totaliser

COLONNES = (
    *("id", "version", "numero", "numero_fournisseur", "fournisseur_id", "fournisseur_nom", "agence_id"),
    *("livraison_prevue", "etat", "cree_le", "total_ht"),
)


@dataclass(frozen=True, slots=True)
class Filtre:
    """What the list is narrowed to; `en_cours` and `retard` leave the closed ones out."""

    q: Recherche = None
    etat: EtatCommande | None = None
    en_cours: bool = False
    retard: bool = False
    fournisseur_id: UUID | None = None

    def appliquer(self, requete: Select[Any], jour: date) -> Select[Any]:
        """`requete` on orders, narrowed. `jour` is today in Paris."""
        if (trouve := correspond(Commande, self.q)) is not None:
            requete = requete.where(trouve)
        if self.etat is not None:
            requete = requete.where(Commande.etat == self.etat)
        if self.en_cours or self.retard:
            requete = requete.where(Commande.etat.in_(rules.EN_COURS))
        if self.retard:
            requete = requete.where(Commande.livraison_prevue < jour)
        if self.fournisseur_id is not None:
            requete = requete.where(Commande.fournisseur_id == self.fournisseur_id)
        return requete


async def totaux(session: AsyncSession, filtre: Filtre, *, jour: date, couts: bool) -> Totaux:
    """How many orders the filter keeps, and what they cost to who may know."""
    montant = Commande.total_ht.expression if couts else None
    return await totaliser(session, filtre.appliquer(select(Commande.id), jour), montant)


async def lister(
    session: AsyncSession, filtre: Filtre, *, jour: date, limite: int, curseur: str | None, couts: bool
) -> Page[LigneListeCommande]:
    """Orders, the most recent first."""
    lignes = LigneCommande.commande_id == Commande.id
    commandee = select(func.sum(LigneCommande.quantite)).where(lignes).scalar_subquery()
    recue = select(func.sum(LigneCommande.quantite_recue)).where(lignes).scalar_subquery()
    requete = filtre.appliquer(select(*(getattr(Commande, c) for c in COLONNES), commandee, recue), jour)
    cles = [Cle(Commande.id, decroissant=True)]
    trouvees, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = (*COLONNES, "commandee", "recue")
    elements = [LigneListeCommande.model_validate(dict(zip(noms, t, strict=True))) for t in trouvees]
    for element in elements:
        element.est_en_retard = rules.est_en_retard(element.livraison_prevue, element.etat, jour)
        element.total_ht = element.total_ht if couts else None
    return Page(elements=elements, curseur_suivant=suite)


async def entiere(session: AsyncSession, commande_id: UUID) -> Commande:
    """The order with its lines and shares, for reading."""
    commande = await session.get(Commande, commande_id, options=ENTIERE)
    if commande is None:
        raise CommandeInconnue
    return commande


async def fiche(session: AsyncSession, commande_id: UUID, *, jour: date, couts: bool) -> VueCommande:
    """The whole order, with the names of its projects and of its agency."""
    commande = await entiere(session, commande_id)
    vue = VueCommande.model_validate(commande)
    vue.est_en_retard = rules.est_en_retard(vue.livraison_prevue, vue.etat, jour)
    agence = await copies.agence(session, commande.agence_id)
    vue.agence_nom = agence.nom if agence else ""
    await _nommer_projets(session, vue)
    for ligne in vue.lignes:
        _chiffrer(ligne, couts=couts)
    if not couts:
        vue.frais_ht = vue.total_ht = vue.limite_ht = None
    return vue


async def emplacements(session: AsyncSession, commande: Commande) -> dict[UUID, str]:
    """Where the goods of each line are to be put down, when its projects have a place."""
    besoin_ids = {part.besoin_id for ligne in commande.lignes for part in ligne.parts}
    requete = (
        select(Besoin.id, Feuille.zone)
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Besoin.id.in_(besoin_ids), Feuille.zone != "")
    )
    zones = {ligne.id: ligne.zone for ligne in await session.execute(requete)} if besoin_ids else {}
    par_ligne = {li.id: [zones[p.besoin_id] for p in li.parts if p.besoin_id in zones] for li in commande.lignes}
    return {ligne_id: ", ".join(dict.fromkeys(lues)) for ligne_id, lues in par_ligne.items() if lues}


def _chiffrer(ligne: VueLigneCommande, *, couts: bool) -> None:
    if couts and ligne.prix_ht is not None:
        ligne.total_ht = total_ligne_ht(ligne.quantite, ligne.prix_ht)
    else:
        ligne.prix_ht = None


async def _nommer_projets(session: AsyncSession, vue: VueCommande) -> None:
    besoin_ids = {part.besoin_id for ligne in vue.lignes for part in ligne.parts}
    if not besoin_ids:
        return
    requete = (
        select(Besoin.id, Feuille.devis_numero, Feuille.tiers_nom, Feuille.objet, Feuille.zone)
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Besoin.id.in_(besoin_ids))
    )
    projets = {besoin_id: projet for besoin_id, *projet in await session.execute(requete)}
    for ligne in vue.lignes:
        for part in ligne.parts:
            nommes = projets.get(part.besoin_id, ("", "", "", ""))
            part.devis_numero, part.tiers_nom, part.objet, part.emplacement = nommes
