"""Loads and locks whole counts."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from services.inventory.errors import InventaireInconnu
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique
from services.inventory.inventaire.models import Inventaire, LigneInventaire
from shared.database.transaction import Transaction

ENTIER = (
    joinedload(Inventaire.depot),
    joinedload(Inventaire.emplacement),
    selectinload(Inventaire.lignes).joinedload(LigneInventaire.produit),
    selectinload(Inventaire.pointages),
)
Attendus = dict[tuple[UUID, str], Decimal]


async def get_for_update(tx: Transaction, inventaire_id: UUID) -> Inventaire:
    """The count, locked until the transaction ends: before balances and objects."""
    requete = select(Inventaire).where(Inventaire.id == inventaire_id).options(*ENTIER)
    verrou = requete.with_for_update(of=Inventaire).execution_options(populate_existing=True)
    trouve: Inventaire | None = (await tx.scalars(verrou)).one_or_none()
    if trouve is None:
        raise InventaireInconnu
    return trouve


def sur_place(inventaire: Inventaire) -> ColumnElement[bool]:
    """The objects in stock where the count takes place: a whole depot with its places, or one place."""
    la = Historique.depot_id == inventaire.depot_id
    if inventaire.emplacement_id is not None:
        la = and_(la, Historique.emplacement_id == inventaire.emplacement_id)
    return and_(la, Historique.etat == EtatHistorique.EN_STOCK)


async def attendus(session: AsyncSession, inventaire: Inventaire) -> Attendus:
    """What the movements say is there, by product and nature."""
    requete = (
        select(Historique.produit_id, Historique.nature, func.sum(Historique.quantite))
        .where(sur_place(inventaire))
        .group_by(Historique.produit_id, Historique.nature)
    )
    resultat: Attendus = defaultdict(Decimal)
    for produit_id, nature, quantite in await session.execute(requete):
        resultat[produit_id, nature] = quantite
    return resultat
