"""Loads and locks whole feuilles: balances first, then feuilles by id, then their objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from services.inventory.errors import FeuilleInconnue
from services.inventory.feuille.models import Attendu, Feuille
from services.inventory.feuille.rules import EN_COURS
from services.inventory.historique import repository as historiques
from services.inventory.historique.models import Historique
from services.inventory.reservation.models import Reservation
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.database.statements import once
from shared.database.transaction import Transaction

ENTIERE = (selectinload(Feuille.colonnes), selectinload(Feuille.attendus).selectinload(Attendu.reservations))

DE_LA_PROPOSITION = once(select(Feuille.id).where(Feuille.proposition_id == bindparam("proposition_id")))


@dataclass(slots=True)
class Chantier:
    """A locked feuille and every object placed on it."""

    feuille: Feuille
    objets: list[Historique]

    def constater(self, tx: Transaction) -> None:
        """Recount, and announce that everything is green when it just became so."""
        prete = self.feuille.constater(self.objets)
        tx.touch(self.feuille)
        if prete is not None:
            tx.publish(prete)


async def verrouiller(tx: Transaction, feuille_ids: Iterable[UUID]) -> list[Chantier]:
    """These feuilles and their objects, locked in a fixed sequence; lock their balances before."""
    ids = sorted(set(feuille_ids))
    requete = (
        select(Feuille)
        .where(Feuille.id.in_(ids))
        .order_by(Feuille.id)
        .options(*ENTIERE)
        .with_for_update(of=Feuille)
        .execution_options(populate_existing=True)
    )
    feuilles = list(await tx.scalars(requete))
    objets = await historiques.des_feuilles(tx, ids)
    return [Chantier(f, [o for o in objets if o.feuille_id == f.id]) for f in feuilles]


async def sans_objets(tx: Transaction, feuille_ids: Iterable[UUID]) -> list[Feuille]:
    """These feuilles with what they wait for, locked in a fixed sequence, without the objects placed on them."""
    requete = select(Feuille).where(Feuille.id.in_(set(feuille_ids))).order_by(Feuille.id).options(*ENTIERE)
    verrou = requete.with_for_update(of=Feuille).execution_options(populate_existing=True)
    return list(await tx.scalars(verrou))


class LigneAttendue(NamedTuple):
    """Where a line that waits for a product is."""

    attendu_id: UUID
    feuille_id: UUID
    produit_id: UUID


async def situer_attendus(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, LigneAttendue]:
    """Those of these lines that exist, by id."""
    requete = select(Attendu.id, Attendu.feuille_id, Attendu.produit_id).where(Attendu.id.in_(set(ids)))
    return {ligne[0]: LigneAttendue._make(ligne) for ligne in await tx.execute(requete)}


async def produits_des_feuilles(tx: Transaction, feuille_ids: Iterable[UUID]) -> list[UUID]:
    """The products kept in stock that these feuilles expect."""
    requete = select(Attendu.produit_id).where(Attendu.feuille_id.in_(list(feuille_ids)), Attendu.est_stockable)
    return list(await tx.scalars(requete.distinct()))


async def produits_attendus(tx: Transaction) -> list[UUID]:
    """The products kept in stock that feuilles in progress still wait for, or have kept."""
    requete = (
        select(Attendu.produit_id)
        .join(Feuille, Feuille.id == Attendu.feuille_id)
        .where(Feuille.etat.in_(EN_COURS), Attendu.est_stockable, Attendu.quantite > Attendu.present)
        .distinct()
    )
    gardes = select(Reservation.produit_id).distinct()
    return list(await tx.scalars(requete.union(gardes)))


async def en_cours(tx: Transaction) -> list[UUID]:
    """The feuilles in progress."""
    return list(await tx.scalars(select(Feuille.id).where(Feuille.etat.in_(EN_COURS))))


async def get_for_update(tx: Transaction, feuille_id: UUID) -> Chantier:
    """One feuille, without its balances: for what moves nothing. FeuilleInconnue."""
    chantiers = await verrouiller(tx, [feuille_id])
    if not chantiers:
        raise FeuilleInconnue
    return chantiers[0]


async def avec_stock(tx: Transaction, feuille_id: UUID, produits: Iterable[UUID] = ()) -> tuple[Stocks, Chantier]:
    """One feuille with the balances of everything it waits for, and of `produits`. FeuilleInconnue."""
    requete = select(Attendu.produit_id).where(Attendu.feuille_id == feuille_id, Attendu.est_stockable)
    attendus = set(await tx.scalars(requete))
    stocks = await stock.verrouiller(tx, attendus | set(produits))
    return stocks, await get_for_update(tx, feuille_id)


async def en_attente(tx: Transaction, produit_ids: Sequence[UUID]) -> list[Chantier]:
    """The open feuilles that miss some of these products; their balances must be locked."""
    requete = (
        select(Attendu.feuille_id)
        .join(Feuille, Feuille.id == Attendu.feuille_id)
        .where(Attendu.produit_id.in_(produit_ids), Attendu.manquant > 0, Feuille.etat.in_(EN_COURS))
        .distinct()
    )
    return await verrouiller(tx, await tx.scalars(requete))


async def existe(tx: Transaction, proposition_id: UUID) -> bool:
    """Whether the proposition already has its feuille."""
    return await de_la_proposition(tx, proposition_id) is not None


async def de_la_proposition(tx: Transaction, proposition_id: UUID) -> UUID | None:
    """The feuille of a signed proposition, None when it has none."""
    trouve: UUID | None = await tx.scalar(DE_LA_PROPOSITION, {"proposition_id": proposition_id})
    return trouve
