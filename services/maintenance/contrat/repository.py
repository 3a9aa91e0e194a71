"""Loads and locks whole contracts."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from services.maintenance.contrat.models import Contrat, LigneContrat
from services.maintenance.contrat.rules import EtatContrat
from services.maintenance.errors import ContratInconnu
from shared.database.etendue import HORS_ETENDUE
from shared.database.transaction import Transaction

ENTIER = (selectinload(Contrat.lignes),)


def _verrouille() -> Select[Contrat]:
    return select(Contrat).options(*ENTIER).order_by(Contrat.id).with_for_update(of=Contrat)


async def get_for_update(tx: Transaction, contrat_id: UUID) -> Contrat:
    """The contract with its lines, locked until the transaction ends."""
    contrat: Contrat | None = (await tx.scalars(_verrouille().where(Contrat.id == contrat_id))).one_or_none()
    if contrat is None:
        raise ContratInconnu
    return contrat


async def brouillon_ouvert(tx: Transaction, tiers_id: UUID) -> Contrat | None:
    """The oldest draft of a client, if there is one."""
    requete = _verrouille().where(Contrat.tiers_id == tiers_id, Contrat.etat == EtatContrat.BROUILLON)
    return (await tx.scalars(requete.limit(1))).one_or_none()


async def avec_equipement(tx: Transaction, equipement_id: UUID) -> Sequence[Contrat]:
    """The drafts and the contracts in force that name an object."""
    nommes = select(LigneContrat.contrat_id).where(LigneContrat.equipement_ids.overlap([equipement_id]))
    vivants = Contrat.etat.in_((EtatContrat.BROUILLON, EtatContrat.ACTIF))
    return (await tx.scalars(_verrouille().where(Contrat.id.in_(nommes), vivants))).all()


async def lignes_connues(tx: Transaction, ligne_devis_ids: Iterable[UUID]) -> set[UUID]:
    """The sold lines that already have their contract line."""
    requete = select(LigneContrat.ligne_devis_id).where(LigneContrat.ligne_devis_id.in_(list(ligne_devis_ids)))
    return set(await tx.scalars(requete))


async def autres_couvrants(tx: Transaction, sauf: UUID, equipement_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """For each of these objects, another contract covering it at present: its id and number."""
    voulus = list(equipement_ids)
    requete = (
        select(Contrat.id, Contrat.numero, LigneContrat.equipement_ids)
        .join(LigneContrat)
        .where(Contrat.est_couvrant.is_(True), Contrat.id != sauf, LigneContrat.equipement_ids.overlap(voulus))
        .execution_options(**HORS_ETENDUE)
    )
    return {e: (id_, numero) for id_, numero, ids in await tx.session.execute(requete) for e in ids if e in voulus}


async def a_actualiser(tx: Transaction, jour: date, limite: int) -> Sequence[Contrat]:
    """Contracts whose first day has come, or whose last day is past, and that were not told yet."""
    commence = (Contrat.debut <= jour) & Contrat.est_couvrant.is_(False)
    requete = _verrouille().where(Contrat.etat == EtatContrat.ACTIF, or_(Contrat.fin < jour, commence)).limit(limite)
    return (await tx.scalars(requete)).all()


async def a_prolonger(tx: Transaction, jusqu_au: date, limite: int) -> Sequence[Contrat]:
    """Contracts in force whose schedule of visits stops before that day."""
    requete = _verrouille().where(
        Contrat.etat == EtatContrat.ACTIF,
        Contrat.visites_par_an > 0,
        Contrat.programme_jusqu_au < jusqu_au,
        or_(Contrat.fin.is_(None), Contrat.fin > Contrat.programme_jusqu_au),
    )
    return (await tx.scalars(requete.limit(limite))).all()
