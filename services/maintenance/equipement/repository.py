"""Loads and locks equipment, alone or many at once, and its present values."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.maintenance.equipement.models import Equipement, ValeurEquipement
from services.maintenance.errors import EquipementDAutrui, EquipementInconnu
from shared.database.transaction import Transaction

ENTIER = (selectinload(Equipement.lieu), selectinload(Equipement.groupe))


def _verrouille() -> Select[Equipement]:
    """Always locked in the order of ids: two transactions never wait for each other."""
    return select(Equipement).options(*ENTIER).order_by(Equipement.id).with_for_update(of=Equipement)


async def get_for_update(tx: Transaction, equipement_id: UUID) -> Equipement:
    """The equipment, locked until the transaction ends."""
    equipement: Equipement | None = (
        await tx.scalars(_verrouille().where(Equipement.id == equipement_id))
    ).one_or_none()
    if equipement is None:
        raise EquipementInconnu
    return equipement


async def du_client(tx: Transaction, tiers_id: UUID, ids: Iterable[UUID]) -> list[Equipement]:
    """These objects of that client, locked; refuses when one is missing or belongs to somebody else."""
    voulus = set(ids)
    requete = _verrouille().where(Equipement.id.in_(voulus), Equipement.tiers_id == tiers_id)
    trouves = list(await tx.scalars(requete)) if voulus else []
    if len(trouves) != len(voulus):
        raise EquipementDAutrui
    return trouves


async def plusieurs(tx: Transaction, ids: Iterable[UUID]) -> list[Equipement]:
    """Those that exist among `ids`, locked."""
    voulus = set(ids)
    return list(await tx.scalars(_verrouille().where(Equipement.id.in_(voulus)))) if voulus else []


async def d_historiques(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, Equipement]:
    """The equipment of these physical objects, by the id of the object."""
    requete = _verrouille().where(Equipement.historique_id.in_(list(ids)))
    return {e.historique_id: e for e in await tx.scalars(requete) if e.historique_id is not None}


async def de_la_feuille(tx: Transaction, feuille_id: UUID) -> list[Equipement]:
    """What a preparation sheet delivered."""
    return list(await tx.scalars(_verrouille().where(Equipement.feuille_id == feuille_id)))


async def sous_contrat(tx: Transaction, contrat_id: UUID) -> list[Equipement]:
    """What a contract covers at present."""
    return list(await tx.scalars(_verrouille().where(Equipement.contrat_id == contrat_id)))


async def places_dans(tx: Transaction, lieu_ids: Iterable[UUID]) -> list[Equipement]:
    """What stands in these places."""
    return list(await tx.scalars(_verrouille().where(Equipement.lieu_id.in_(list(lieu_ids)))))


async def du_groupe(tx: Transaction, groupe_id: UUID) -> list[Equipement]:
    """What a group holds."""
    return list(await tx.scalars(_verrouille().where(Equipement.groupe_id == groupe_id)))


async def par_etiquette(tx: Transaction, code: str) -> Equipement | None:
    """The equipment carrying a label."""
    return (await tx.scalars(_verrouille().where(Equipement.etiquette == code))).one_or_none()


async def valeurs_actuelles(
    session: AsyncSession, ids: Iterable[UUID], champs: Sequence[str] = ()
) -> dict[UUID, dict[str, str]]:
    """The present value of every field of these objects (or of `champs`), in one statement."""
    v = ValeurEquipement
    requete = (
        select(v.equipement_id, v.champ, v.valeur)
        .where(v.equipement_id.in_(list(ids)))
        .ext(distinct_on(v.equipement_id, v.champ))
        .order_by(v.equipement_id, v.champ, v.le.desc(), v.id.desc())
    )
    if champs:
        requete = requete.where(v.champ.in_(champs))
    actuelles: dict[UUID, dict[str, str]] = {}
    for equipement_id, champ, valeur in await session.execute(requete):
        actuelles.setdefault(equipement_id, {})[champ] = valeur
    return actuelles
