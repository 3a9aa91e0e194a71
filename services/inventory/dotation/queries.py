"""What places carry beside what they must, computed from the objects that are there."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.depot.models import Depot, Emplacement
from services.inventory.dotation.models import Dotation
from services.inventory.dotation.rules import faire_le_plein
from services.inventory.dotation.schemas import LigneDotation, VueDotation, VueVehicule
from services.inventory.errors import EmplacementInconnu
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique
from services.inventory.nature.repository import PRINCIPALE
from services.inventory.produit.models import Produit
from services.inventory.stock.models import Stock

VEHICULE = "vehicule"
PRESENT = (
    select(func.coalesce(func.sum(Historique.quantite), 0))
    .where(
        Historique.produit_id == Dotation.produit_id,
        Historique.emplacement_id == Dotation.emplacement_id,
        Historique.etat == EtatHistorique.EN_STOCK,
    )
    .scalar_subquery()
)


async def lister(session: AsyncSession) -> list[VueVehicule]:
    """The vans, and the other places that must carry something, by depot and code (a company has a few)."""
    bas = func.count(Dotation.id).filter(Dotation.mini > PRESENT)
    requete = (
        select(Emplacement, Depot.nom, func.count(Dotation.id), bas)
        .join(Depot, Depot.id == Emplacement.depot_id)
        .outerjoin(Dotation, Dotation.emplacement_id == Emplacement.id)
        .where(Depot.est_actif)
        .group_by(Emplacement.id, Depot.id)
        .having((Emplacement.nature == VEHICULE) | (func.count(Dotation.id) > 0))
        .order_by(Depot.code, Emplacement.code)
    )
    return [
        VueVehicule(
            emplacement_id=e.id,
            code=e.code,
            libelle=e.libelle,
            depot_id=e.depot_id,
            depot_nom=nom,
            nature=e.nature,
            produits=produits,
            sous_le_mini=sous_le_mini,
        )
        for e, nom, produits, sous_le_mini in await session.execute(requete)
    ]


async def fiche(session: AsyncSession, emplacement_id: UUID) -> VueDotation:
    """What a place must carry, what is there, and the refill its depot allows."""
    lieu = select(Emplacement, Depot).join(Depot, Depot.id == Emplacement.depot_id)
    trouve = (await session.execute(lieu.where(Emplacement.id == emplacement_id))).one_or_none()
    if trouve is None:
        raise EmplacementInconnu
    emplacement, depot = trouve
    lignes = [
        _ligne(dotation, produit, present, disponible)
        for dotation, produit, present, disponible in await session.execute(_lignes(emplacement))
    ]
    return VueDotation(
        emplacement_id=emplacement.id,
        code=emplacement.code,
        libelle=emplacement.libelle,
        depot_id=depot.id,
        depot_nom=depot.nom,
        lignes=lignes,
    )


def _lignes(emplacement: Emplacement) -> Select[Dotation, Produit, Decimal, Decimal]:
    """The rules of a place with what is there and what its depot has available in its main nature."""
    solde = and_(
        Stock.produit_id == Dotation.produit_id,
        Stock.depot_id == emplacement.depot_id,
        Stock.nature == PRINCIPALE,
    )
    return (
        select(Dotation, Produit, PRESENT, func.coalesce(Stock.physique - Stock.reserve, 0))
        .join(Produit, Produit.id == Dotation.produit_id)
        .outerjoin(Stock, solde)
        .where(Dotation.emplacement_id == emplacement.id)
        .order_by(Produit.designation_tri, Produit.id)
    )


def _ligne(dotation: Dotation, produit: Produit, present: Decimal, disponible: Decimal) -> LigneDotation:
    plein = faire_le_plein(present, dotation.mini, dotation.cible, disponible)
    return LigneDotation(
        id=dotation.id,
        produit_id=produit.id,
        reference=produit.reference,
        designation=produit.designation,
        unite=produit.unite,
        mini=dotation.mini,
        cible=dotation.cible,
        present=present,
        disponible=disponible,
        a_prendre=plein.a_prendre,
        manquant=plein.manquant,
    )
