"""Loads and locks whole receptions; keeps serial numbers unique."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from services.purchasing.errors import ReceptionInconnue, SerieEnDouble
from services.purchasing.reception.models import LigneReception, Reception, SerieRecue
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id

SANS_SERIES = (selectinload(Reception.commandes), selectinload(Reception.lignes))
ENTIERE = (selectinload(Reception.commandes), selectinload(Reception.lignes).selectinload(LigneReception.series))


async def get_for_update(tx: Transaction, reception_id: UUID, *, series: bool = True) -> Reception:
    """The reception, locked until the transaction ends; a scan does without the thousand `series` already read."""
    requete = (
        select(Reception)
        .where(Reception.id == reception_id)
        .options(*(ENTIERE if series else SANS_SERIES))
        .with_for_update(of=Reception)
        .execution_options(populate_existing=True)
    )
    reception: Reception | None = (await tx.scalars(requete)).one_or_none()
    if reception is None:
        raise ReceptionInconnue
    return reception


async def poser_series(tx: Transaction, ligne: LigneReception, fournisseur_id: UUID, numeros: Sequence[str]) -> None:
    """Write serial numbers on a line; SerieEnDouble when one is already known, and where."""
    lignes = [
        {
            "id": new_id(),
            "ligne_id": ligne.id,
            "fournisseur_id": fournisseur_id,
            "produit_id": ligne.produit_id,
            "numero": numero,
        }
        for numero in numeros
    ]
    ajout = insert(SerieRecue).values(lignes).on_conflict_do_nothing().returning(SerieRecue.numero)
    posees = set(await tx.scalars(ajout))
    for numero in numeros:
        if numero not in posees:
            raise SerieEnDouble(numero=numero, ou=await ou_est(tx, ligne, numero))


async def compter_series(tx: Transaction, lignes: Sequence[LigneReception]) -> dict[UUID, int]:
    """How many serial numbers each of these lines has; absent when none."""
    suivies = [ligne.id for ligne in lignes if ligne.politique_serie != "aucune"]
    requete = select(SerieRecue.ligne_id, func.count()).where(SerieRecue.ligne_id.in_(suivies))
    if not suivies:
        return {}
    comptes = await tx.session.execute(requete.group_by(SerieRecue.ligne_id))
    return {compte.ligne_id: compte[1] for compte in comptes}


async def ou_est(tx: Transaction, ligne: LigneReception, numero: str) -> str:
    """Where a serial number of a product already is: « dans la réception REC-2026-00003 »; empty when nowhere."""
    requete = (
        select(Reception.numero)
        .join(LigneReception, LigneReception.reception_id == Reception.id)
        .join(SerieRecue, SerieRecue.ligne_id == LigneReception.id)
        .where(
            SerieRecue.produit_id == ligne.produit_id,
            SerieRecue.numero == numero,
        )
    )
    trouve: str | None = await tx.scalar(requete)
    return f"dans la réception {trouve}" if trouve else ""


async def retirer_series(tx: Transaction, ligne: LigneReception, numeros: Sequence[str] | None = None) -> None:
    """Remove serial numbers typed by mistake, or all those of the line."""
    requete = delete(SerieRecue).where(SerieRecue.ligne_id == ligne.id)
    if numeros is not None:
        requete = requete.where(SerieRecue.numero.in_(numeros))
    await tx.execute(requete)
    await tx.session.refresh(ligne, ["series"])
