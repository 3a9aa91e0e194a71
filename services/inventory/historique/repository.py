"""Loads, locks and finds whole objects."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, Select, Uuid, cast, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import joinedload, selectinload

from services.inventory.errors import HistoriqueInconnu, SerieDejaPrise
from services.inventory.historique import rules
from services.inventory.historique.models import Historique, ReceptionRecue
from services.inventory.historique.rules import EtatHistorique
from services.inventory.produit.models import Produit
from shared.database.transaction import Transaction

ENTIER: Sequence[Any] = (
    joinedload(Historique.produit).joinedload(Produit.type),
    joinedload(Historique.depot),
    selectinload(Historique.valeurs),
    selectinload(Historique.actions),
)


def _verrou(requete: Select[Historique]) -> Select[Historique]:
    return (
        requete.order_by(Historique.id)
        .options(*ENTIER)
        .with_for_update(of=Historique)
        .execution_options(populate_existing=True)
    )


async def get_for_update(tx: Transaction, historique_id: UUID) -> Historique:
    """The object, locked until the transaction ends. Lock balances and feuille before it, never after."""
    requete = _verrou(select(Historique).where(Historique.id == historique_id))
    trouve: Historique | None = (await tx.scalars(requete)).one_or_none()
    if trouve is None:
        raise HistoriqueInconnu
    return trouve


async def lire(tx: Transaction, historique_id: UUID) -> Historique:
    """The object, not locked: to name it in a refusal."""
    trouve: Historique | None = await tx.get(Historique, historique_id, options=ENTIER)
    if trouve is None:
        raise HistoriqueInconnu
    return trouve


async def verrouiller(tx: Transaction, condition: ColumnElement[bool]) -> list[Historique]:
    """The objects of a condition, locked in a fixed sequence; lock balances and feuilles before."""
    return list(await tx.scalars(_verrou(select(Historique).where(condition))))


async def des_feuilles(tx: Transaction, feuille_ids: Sequence[UUID]) -> list[Historique]:
    """The objects of these feuilles, locked in a fixed sequence."""
    return list(await tx.scalars(_verrou(select(Historique).where(Historique.feuille_id.in_(feuille_ids)))))


async def situer(tx: Transaction, historique_id: UUID) -> tuple[UUID, UUID | None]:
    """(product, feuille) of an object, read without lock to know what to lock first."""
    requete = select(Historique.produit_id, Historique.feuille_id).where(Historique.id == historique_id)
    ligne = (await tx.execute(requete)).mappings().one_or_none()
    if ligne is None:
        raise HistoriqueInconnu
    return ligne["produit_id"], ligne["feuille_id"]


async def en_stock(
    tx: Transaction,
    voulus: Mapping[UUID, Decimal],
    depot_id: UUID,
    nature: str,
    *,
    emplacement_id: UUID | None = None,
    hors_emplacement_id: UUID | None = None,
) -> list[Historique]:
    """The oldest objects of a nature in a depot, enough of them to take the quantity wanted of each product; balances must
    be locked.

    `emplacement_id`: those of that place only; `hors_emplacement_id`: those of any other.
    """
    anciens = (Historique.recu_le, Historique.id)
    cumul = func.sum(Historique.quantite).over(partition_by=Historique.produit_id, order_by=anciens)
    voulu = (
        func.unnest(cast(list(voulus), ARRAY(Uuid)), cast(list(voulus.values()), ARRAY(Numeric)))
        .table_valued(column("produit_id", Uuid), column("quantite", Numeric))
        .render_derived()
    )
    rangs = (
        select(Historique.id, (cumul - Historique.quantite).label("avant"), voulu.c.quantite)
        .join(voulu, voulu.c.produit_id == Historique.produit_id)
        .where(
            Historique.depot_id == depot_id,
            Historique.nature == nature,
            Historique.etat == EtatHistorique.EN_STOCK,
            *(() if emplacement_id is None else (Historique.emplacement_id == emplacement_id,)),
            *(
                ()
                if hors_emplacement_id is None
                else (Historique.emplacement_id.is_distinct_from(hors_emplacement_id),)
            ),
        )
        .subquery()
    )
    requete = (
        select(Historique)
        .where(Historique.id.in_(select(rangs.c.id).where(rangs.c.avant < rangs.c.quantite)))
        .order_by(*anciens)
        .options(*ENTIER)
        .with_for_update(of=Historique)
        .execution_options(populate_existing=True)
    )
    return list(await tx.scalars(requete))


async def sans_etiquette(tx: Transaction, ids: Sequence[UUID]) -> list[UUID]:
    """Those of these objects that are single units without label, by feuille so that locks keep their sequence."""
    requete = (
        select(Historique.id)
        .where(Historique.id.in_(ids), Historique.etiquette.is_(None), Historique.quantite == 1)
        .order_by(Historique.feuille_id, Historique.id)
    )
    return list(await tx.scalars(requete))


async def par_code(tx: Transaction, code: str) -> UUID | None:
    """The object whose label or serial number was scanned or typed, objects still ours first."""
    requete = (
        select(Historique.id)
        .where(
            (Historique.etiquette == rules.code_etiquette(code))
            | func.upper(Historique.numero_serie).in_(rules.series_possibles(code))
        )
        .order_by((Historique.etat != EtatHistorique.EN_STOCK).asc(), Historique.recu_le)
        .limit(1)
    )
    trouve: UUID | None = await tx.scalar(requete)
    return trouve


async def exiger_series_libres(
    tx: Transaction, produit_id: UUID, series: Sequence[str], *, sauf: UUID | None = None
) -> None:
    """A serial number names one living object of its product: SerieDejaPrise says where the other one is.

    Whoever gives one for the same product at the same moment waits here.
    """
    if not series:
        return
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(produit_id), 0))))
    requete = (
        select(Historique.lieu_libelle, Historique.numero_serie)
        .where(
            Historique.produit_id == produit_id,
            func.upper(Historique.numero_serie).in_([s.upper() for s in series]),
            Historique.etat.in_(rules.VIVANTS),
            Historique.id.is_distinct_from(sauf),
        )
        .limit(1)
    )
    prise = (await tx.execute(requete)).mappings().one_or_none()
    if prise is not None:
        dite = next(s for s in series if s.upper() == prise["numero_serie"].upper())
        raise SerieDejaPrise(serie=dite, ou=prise["lieu_libelle"])


async def marquer_reception(tx: Transaction, reception_id: UUID, numero: str) -> bool:
    """Whether this reception is met for the first time; a second transaction waits for the first one here."""
    requete = (
        insert(ReceptionRecue)
        .values(reception_id=reception_id, numero=numero, le=tx.now)
        .on_conflict_do_nothing()
        .returning(ReceptionRecue.reception_id)
    )
    return (await tx.scalar(requete)) is not None
