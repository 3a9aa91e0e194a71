"""Loads and locks whole receptions; keeps serial numbers unique."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from services.purchasing.copies.models import CopieSerie
from services.purchasing.errors import ReceptionInconnue, SerieEnDouble
from services.purchasing.reception.models import LigneReception, Reception, SerieAnnoncee, SerieRecue
from services.purchasing.reception.rules import Apercu, EtatReception, lies
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
VERROUILLER = _UNE.options(*ENTIERE)
APERCUS = once(
    select(
        *(LigneReception.id, LigneReception.produit_id, LigneReception.remplace_produit_id, LigneReception.reference),
        *(LigneReception.reference_fournisseur, LigneReception.politique_serie),
        *(LigneReception.attendue, LigneReception.quantite),
    )
    .where(LigneReception.reception_id == bindparam("reception_id"))
    .order_by(LigneReception.rang)
)
DES_PRODUITS = (
    select(LigneReception)
    .where(LigneReception.reception_id == bindparam("reception_id"), among(LigneReception.produit_id, "produit_ids"))
    .order_by(LigneReception.rang)
)
COMPTER = once(select(func.count()).where(SerieRecue.ligne_id == bindparam("ligne_id")))
_LUES = select(func.count()).where(SerieRecue.ligne_id == LigneReception.id).scalar_subquery()
_NOMMEE = (
    select(func.bool_or(SerieAnnoncee.numero == bindparam("numero")))
    .where(SerieAnnoncee.ligne_id == LigneReception.id)
    .scalar_subquery()
)
SITUER = once(
    select(LigneReception.id, _LUES.label("lues"), _NOMMEE.label("nommee")).where(among(LigneReception.id, "ids"))
)
PORTEES = once(
    select(CopieSerie.produit_id, CopieSerie.numero, CopieSerie.lieu, CopieSerie.est_vivant)
    .where(among(CopieSerie.produit_id, "produit_ids"), among(CopieSerie.numero, "numeros"))
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


async def get_for_update(tx: Transaction, reception_id: UUID) -> Reception:
    """The reception, locked until the transaction ends."""
    return await _verrouillee(tx, VERROUILLER, reception_id)


async def get_for_scan(tx: Transaction, reception_id: UUID) -> tuple[Reception, list[Apercu]]:
    """The reception alone, locked, and its lines as a code is compared with them; `charger` loads those it is about."""
    reception = await _verrouillee(tx, _UNE, reception_id)
    set_committed_value(reception, "lignes", [])
    return reception, [Apercu._make(ligne) for ligne in await tx.execute(APERCUS, {"reception_id": reception.id})]


async def charger(
    tx: Transaction, reception: Reception, apercus: Sequence[Apercu], produit_ids: Collection[UUID]
) -> None:
    """Make `lignes` those of these products, with all that may serve the same needs: the others change nothing of them."""
    voulus = lies([a.voulus for a in apercus if a.remplace_produit_id is not None], produit_ids)
    siennes = await tx.scalars(DES_PRODUITS, {"reception_id": reception.id, "produit_ids": list(voulus)})
    set_committed_value(reception, "lignes", list(siennes))


async def _verrouillee(tx: Transaction, requete: Select[Reception], reception_id: UUID) -> Reception:
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
        await exiger_libres(tx, {(ligne.produit_id, numero) for numero in numeros})
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


class Situation(NamedTuple):
    """Of lines followed by serial number: how many each has; those whose supplier's list names one; those with a list."""

    series: dict[UUID, int]
    nommees: set[UUID]
    avec_liste: set[UUID]


async def situer(tx: Transaction, lignes: Sequence[LigneReception | Apercu], numero: str) -> Situation:
    """What is known of these lines before a serial number is read on one of them."""
    trouvees = await tx.execute(SITUER, {"ids": [ligne.id for ligne in lignes], "numero": numero})
    situation = Situation({}, set(), set())
    for ligne in trouvees:
        situation.series[ligne.id] = ligne.lues
        if ligne.nommee is not None:
            situation.avec_liste.add(ligne.id)
        if ligne.nommee:
            situation.nommees.add(ligne.id)
    return situation


async def compter_series(tx: Transaction, ligne: LigneReception) -> int:
    """How many serial numbers a line has."""
    return int(await tx.scalar(COMPTER, {"ligne_id": ligne.id}))


async def exiger_libres(tx: Transaction, series: Collection[tuple[UUID, str]]) -> None:
    """None of these serial numbers of a product is on a living object: SerieEnDouble. Those whose object left for good are freed."""
    produit_ids, numeros = ({produit_id for produit_id, _ in series}, {numero for _, numero in series})
    partis = set()
    for serie in await tx.execute(PORTEES, {"produit_ids": list(produit_ids), "numeros": list(numeros)}):
        if (serie.produit_id, serie.numero) not in series:
            continue
        if serie.est_vivant:
            raise SerieEnDouble(numero=serie.numero, ou=a_cet_endroit(serie.lieu))
        partis.add((serie.produit_id, serie.numero))
    if partis:
        validees = select(LigneReception.id).join(Reception, Reception.id == LigneReception.reception_id)
        finies = SerieRecue.ligne_id.in_(validees.where(Reception.etat == EtatReception.VALIDEE))
        parties = tuple_(SerieRecue.produit_id, SerieRecue.numero).in_(partis)
        await tx.execute(update(SerieRecue).where(parties, finies).values(est_liberee=True))


async def ou_est(tx: Transaction, ligne: LigneReception | Apercu, numero: str) -> str:
    """Where a serial number of a product already is: in a reception, or on a living object; empty when nowhere."""
    try:
        await exiger_libres(tx, [(ligne.produit_id, numero)])
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
