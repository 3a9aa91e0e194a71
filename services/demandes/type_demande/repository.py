"""Loads whole types of demande."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, column, select, table, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.demandes.errors import TypeInconnu
from services.demandes.type_demande.models import Etat, Regle, TypeDemande
from services.demandes.type_demande.rules import ModeRegle, NatureType
from shared.database.statements import among, once
from shared.database.transaction import Transaction

MOUVEMENTS = (selectinload(TypeDemande.etats), selectinload(TypeDemande.transitions))
ENTIER = (*MOUVEMENTS, selectinload(TypeDemande.regles))
ETATS = once(
    select(Etat.code, Etat.libelle, Etat.est_terminal, Etat.exige_temps).where(
        Etat.type_id == bindparam("type_id"), among(Etat.code, "codes")
    )
)
REGLES = once(
    select(Regle.id, Regle.type_id, Regle.libelle, Regle.vers, Regle.mode)
    .add_columns(Regle.de_etats, Regle.condition_champ, Regle.condition_valeur)
    .where(Regle.fait_type == bindparam("fait_type"), Regle.mode != ModeRegle.INACTIF)
    .order_by(Regle.ordre, Regle.id)
)

DEMANDES = table("demande", column("type_code"), column("etat_code"), column("est_close"))


async def par_code(session: AsyncSession, code: str, *, verrou: bool = False) -> TypeDemande:
    """The type of that code, with states, moves and rules."""
    requete = select(TypeDemande).where(TypeDemande.code == code).options(*ENTIER)
    if verrou:
        requete = requete.with_for_update(of=TypeDemande)
    trouve = (await session.scalars(requete)).one_or_none()
    if trouve is None:
        raise TypeInconnu(code=code)
    return trouve


async def par_id(session: AsyncSession, type_id: UUID) -> TypeDemande:
    """The type of a demande, with its states and moves."""
    requete = select(TypeDemande).where(TypeDemande.id == type_id).options(*MOUVEMENTS)
    return (await session.scalars(requete)).one()


async def etats(session: AsyncSession, type_id: UUID, codes: Collection[str]) -> dict[str, Any]:
    """Some states of a type, by code, in one statement: code, label, whether it ends the work, whether it asks for time."""
    lus = await session.execute(ETATS, {"type_id": type_id, "codes": list(codes)})
    return {etat.code: etat for etat in lus}


async def ouvert_par(session: AsyncSession, fait_type: str) -> TypeDemande | None:
    """The active type that a fact opens by itself."""
    requete = select(TypeDemande).where(TypeDemande.ouverture_fait == fait_type, TypeDemande.est_actif)
    return (await session.scalars(requete.options(*MOUVEMENTS).order_by(TypeDemande.ordre).limit(1))).first()


async def de_nature(session: AsyncSession, nature: NatureType) -> TypeDemande | None:
    """The first active type of that nature."""
    requete = select(TypeDemande).where(TypeDemande.nature == nature, TypeDemande.est_actif)
    return (await session.scalars(requete.options(*MOUVEMENTS).order_by(TypeDemande.ordre).limit(1))).first()


async def regles_pour(session: AsyncSession, fait_type: str) -> Sequence[Any]:
    """Rules a fact may trigger, in their order: the columns of Regle, no entity is needed to follow one."""
    return (await session.execute(REGLES, {"fait_type": fait_type})).all()


async def est_occupe(session: AsyncSession, code: str, etat: str) -> bool:
    """Whether demandes of that type are in that state."""
    la = select(DEMANDES.c.etat_code).where(DEMANDES.c.type_code == code, DEMANDES.c.etat_code == etat)
    return bool(await session.scalar(select(la.exists())))


async def accorder_cloture(tx: Transaction, code: str, etat: Etat) -> None:
    """A state that now ends the work, or no longer does: the demandes that are in it follow."""
    la = (DEMANDES.c.type_code == code, DEMANDES.c.etat_code == etat.code)
    autrement = DEMANDES.c.est_close.is_not(etat.est_terminal)
    await tx.execute(update(DEMANDES).where(*la, autrement).values(est_close=etat.est_terminal))
