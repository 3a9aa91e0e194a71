"""Who waits for what, and what is where, straight from SQL to schemas."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.copies.models import CopieAffaire
from services.inventory.depot.models import Depot, Emplacement
from services.inventory.feuille.models import Attendu, Feuille
from services.inventory.feuille.rules import EN_COURS
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique
from services.inventory.logistique.schemas import LigneAttente, StockPlace, Tri
from services.inventory.produit.models import Produit
from shared.web.paging import Cle, Page, paginer

LIGNES_AU_PLUS = 500
NOMS = tuple(LigneAttente.model_fields)
PLACE = (Historique.produit_id, Historique.depot_id, Historique.nature, Historique.emplacement_id)
COLONNES: dict[str, Any] = {
    "priorite": Feuille.priorite,
    "delai": Feuille.echeance,
    "client": Feuille.tiers_nom,
    "article": Attendu.reference,
}
SERVICE = (Feuille.priorite, Feuille.echeance, Feuille.signee_le, Feuille.id, Attendu.rang, Attendu.id)


async def attentes(
    session: AsyncSession,
    *,
    tri: Tri,
    depot_id: UUID | None,
    produit_id: UUID | None,
    attendu_id: UUID | None,
    manquants: bool,
    limite: int,
    curseur: str | None,
) -> Page[LigneAttente]:
    """What feuilles in progress wait for; `manquants` leaves out what is kept or already there."""
    requete = _lignes()
    if depot_id is not None:
        requete = requete.where(Feuille.depot_id == depot_id)
    if produit_id is not None:
        requete = requete.where(Attendu.produit_id == produit_id)
    if attendu_id is not None:
        requete = requete.where(Attendu.id == attendu_id)
    if manquants:
        requete = requete.where(Attendu.manquant > 0)
    lignes, suite = await paginer(session, requete, _cles(tri), limite=limite, curseur=curseur)
    return Page(elements=[_ligne(ligne) for ligne in lignes], curseur_suivant=suite)


async def par_place(
    session: AsyncSession,
    *,
    depot_id: UUID | None,
    nature: str | None,
    emplacement_id: UUID | None,
    produit_id: UUID | None,
    limite: int,
    curseur: str | None,
) -> Page[StockPlace]:
    """What is kept in each depot, nature and place, product by product: the sum of the objects that are there."""
    filtres = {"depot_id": depot_id, "nature": nature, "emplacement_id": emplacement_id, "produit_id": produit_id}
    objets = select(*PLACE, func.sum(Historique.quantite).label("quantite"), func.count().label("objets"))
    objets = objets.where(Historique.etat == EtatHistorique.EN_STOCK)
    for nom, valeur in filtres.items():
        if valeur is not None:
            objets = objets.where(getattr(Historique, nom) == valeur)
    ici = objets.group_by(*PLACE).subquery()
    place = func.coalesce(Emplacement.code, "")
    produit = [getattr(Produit, c) for c in ("reference", "designation", "unite")]
    requete = (
        select(*ici.c, Depot.nom, place, Emplacement.libelle, *produit)
        .join(Produit, Produit.id == ici.c.produit_id)
        .join(Depot, Depot.id == ici.c.depot_id)
        .outerjoin(Emplacement, Emplacement.id == ici.c.emplacement_id)
    )
    cles = [Cle(Depot.nom), Cle(ici.c.nature), Cle(place), Cle(Produit.designation_tri), Cle(Produit.id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = (
        *(c.name for c in ici.c),
        "depot_nom",
        "emplacement",
        "emplacement_libelle",
        "reference",
        "designation",
        "unite",
    )
    elements = [StockPlace.model_validate(dict(zip(noms, ligne, strict=False))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def dans_l_ordre(session: AsyncSession) -> list[LigneAttente]:
    """The first lines in the sequence of service: the result of a run."""
    lignes = await session.execute(_lignes().order_by(*SERVICE).limit(LIGNES_AU_PLUS))
    return [_ligne(ligne) for ligne in lignes]


def _lignes() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attendu.id,
            Feuille.id,
            Feuille.numero,
            Feuille.tiers_nom,
            Feuille.objet,
            Feuille.affaire_id,
            CopieAffaire.code,
            Feuille.nature,
            Feuille.priorite,
            Feuille.livraison_souhaitee,
            Feuille.signee_le,
            Depot.nom,
            Attendu.produit_id,
            Attendu.reference,
            Attendu.designation,
            Attendu.quantite,
            Attendu.present,
            Attendu.reserve,
            Attendu.manquant,
        )
        .join(Feuille, Feuille.id == Attendu.feuille_id)
        .outerjoin(Depot, Depot.id == Feuille.depot_id)
        .outerjoin(CopieAffaire, CopieAffaire.affaire_id == Feuille.affaire_id)
        .where(Feuille.etat.in_(EN_COURS), Attendu.est_stockable, Attendu.quantite > Attendu.present)
    )


def _cles(tri: Tri) -> list[Cle]:
    """Every sort ends with the sequence of service, so that equal lines keep it."""
    premiere = COLONNES[tri.removeprefix("-")]
    autres = [Cle(colonne) for colonne in SERVICE if colonne is not premiere]
    return [Cle(premiere, decroissant=tri.startswith("-")), *autres]


def _ligne(ligne: Sequence[Any]) -> LigneAttente:
    return LigneAttente.model_validate(dict(zip(NOMS, ligne, strict=True)))
