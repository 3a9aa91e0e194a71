"""Loads and locks whole receptions; keeps serial numbers unique."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload

from services.purchasing.copies.models import CopieSerie
from services.purchasing.errors import ReceptionInconnue, SerieEnDouble
from services.purchasing.reception.models import LigneReception, Reception, SerieAnnoncee, SerieRecue
from services.purchasing.reception.rules import EtatReception
from shared.database.rows import add_missing
from shared.database.statements import among, once
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id

SANS_SERIES = (selectinload(Reception.commandes), selectinload(Reception.lignes))
ENTIERE = (selectinload(Reception.commandes), selectinload(Reception.lignes).selectinload(LigneReception.series))
_UNE = (
    select(Reception)
    .where(Reception.id == bindparam("id"))
    .with_for_update(of=Reception)
    .execution_options(populate_existing=True)
)
VERROUILLER, VERROUILLER_SANS_SERIES = _UNE.options(*ENTIERE), _UNE.options(selectinload(Reception.lignes))
ANNONCEES = once(
    select(SerieAnnoncee.ligne_id, func.bool_or(SerieAnnoncee.numero == bindparam("numero")).label("nomme"))
    .where(among(SerieAnnoncee.ligne_id, "ids"))
    .group_by(SerieAnnoncee.ligne_id)
)
COMPTER = once(
    select(SerieRecue.ligne_id, func.count().label("nombre"))
    .where(among(SerieRecue.ligne_id, "ids"))
    .group_by(SerieRecue.ligne_id)
)
PORTEES = once(
    select(CopieSerie.numero, CopieSerie.lieu, CopieSerie.est_vivant)
    .where(CopieSerie.produit_id == bindparam("produit_id"), among(CopieSerie.numero, "numeros"))
    .order_by(CopieSerie.est_vivant.desc())
)
DEJA_LUE = once(
    select(Reception.numero)
    .join(LigneReception, LigneReception.reception_id == Reception.id)
    .join(SerieRecue, SerieRecue.ligne_id == LigneReception.id)
    .where(
        SerieRecue.produit_id == bindparam("produit_id"),
        SerieRecue.numero == bindparam("numero"),
        SerieRecue.est_liberee.is_(False),
    )
)


async def get_for_update(tx: Transaction, reception_id: UUID, *, series: bool = True) -> Reception:
    """The reception, locked until the transaction ends; a scan does without the thousand `series` already read."""
    requete = VERROUILLER if series else VERROUILLER_SANS_SERIES
    reception: Reception | None = (await tx.scalars(requete, {"id": reception_id})).one_or_none()
    if reception is None:
        raise ReceptionInconnue
    return reception


async def poser_series(
    tx: Transaction, ligne: LigneReception, fournisseur_id: UUID, numeros: Sequence[str], *, sont_libres: bool = False
) -> None:
    """Write serial numbers on a line; SerieEnDouble when one is already known, and where.

    `sont_libres`: this transaction just asked where they are (`ou_est`).
    """
    lignes = [
        {
            "id": new_id(),
            "ligne_id": ligne.id,
            "fournisseur_id": fournisseur_id,
            "produit_id": ligne.produit_id,
            "numero": numero,
            "est_liberee": False,
        }
        for numero in numeros
    ]
    if not sont_libres:
        await exiger_libres(tx, ligne, numeros)
    posees = set(await add_missing(tx, SerieRecue, lignes, returning="numero"))
    for numero in numeros:
        if numero not in posees:
            raise SerieEnDouble(numero=numero, ou=await ou_est(tx, ligne, numero))


async def annoncer_series(tx: Transaction, ligne: LigneReception, numeros: Sequence[str]) -> None:
    """The list of the supplier for a line, in place of the one before; an empty one withdraws it."""
    await tx.execute(delete(SerieAnnoncee).where(SerieAnnoncee.ligne_id == ligne.id))
    if numeros:
        lignes = [{"ligne_id": ligne.id, "numero": numero} for numero in dict.fromkeys(numeros)]
        await tx.execute(insert(SerieAnnoncee).values(lignes))


async def lignes_annoncees(
    tx: Transaction, lignes: Sequence[LigneReception], numero: str
) -> tuple[set[UUID], set[UUID]]:
    """Of these lines, those whose supplier's list names a serial number, and those that have a list at all."""
    ou = {"ids": [ligne.id for ligne in lignes], "numero": numero}
    listes = {liste.ligne_id: liste.nomme for liste in await tx.execute(ANNONCEES, ou)}
    return {ligne_id for ligne_id, nomme in listes.items() if nomme}, set(listes)


async def compter_series(tx: Transaction, lignes: Sequence[LigneReception]) -> dict[UUID, int]:
    """How many serial numbers each of these lines has; absent when none."""
    suivies = [ligne.id for ligne in lignes if ligne.politique_serie != "aucune"]
    if not suivies:
        return {}
    return {compte.ligne_id: compte.nombre for compte in await tx.execute(COMPTER, {"ids": suivies})}


async def exiger_libres(tx: Transaction, ligne: LigneReception, numeros: Sequence[str]) -> None:
    """None of these serial numbers is on a living object: SerieEnDouble. Those whose object left for good are freed."""
    partis = set()
    for serie in await tx.execute(PORTEES, {"produit_id": ligne.produit_id, "numeros": list(numeros)}):
        if serie.est_vivant:
            raise SerieEnDouble(numero=serie.numero, ou=a_cet_endroit(serie.lieu))
        partis.add(serie.numero)
    if partis:
        validees = select(LigneReception.id).join(Reception, Reception.id == LigneReception.reception_id)
        siennes = (SerieRecue.produit_id == ligne.produit_id, SerieRecue.numero.in_(partis))
        finies = SerieRecue.ligne_id.in_(validees.where(Reception.etat == EtatReception.VALIDEE))
        await tx.execute(update(SerieRecue).where(*siennes, finies).values(est_liberee=True))


async def ou_est(tx: Transaction, ligne: LigneReception, numero: str) -> str:
    """Where a serial number of a product already is: in a reception, or on a living object; empty when nowhere."""
    try:
        await exiger_libres(tx, ligne, [numero])
    except SerieEnDouble as refus:
        return str(refus.contexte["ou"])
    trouve: str | None = await tx.scalar(DEJA_LUE, {"produit_id": ligne.produit_id, "numero": numero})
    return f"dans la réception {trouve}" if trouve else ""


def a_cet_endroit(lieu: str) -> str:
    """« à cet endroit : Stock Annecy »."""
    return f"à cet endroit : {lieu}"


async def retirer_series(tx: Transaction, ligne: LigneReception, numeros: Sequence[str] | None = None) -> None:
    """Remove serial numbers typed by mistake, or all those of the line."""
    requete = delete(SerieRecue).where(SerieRecue.ligne_id == ligne.id)
    if numeros is not None:
        requete = requete.where(SerieRecue.numero.in_(numeros))
    await tx.execute(requete)
    await tx.session.refresh(ligne, ["series"])
