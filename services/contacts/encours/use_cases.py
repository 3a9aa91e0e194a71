"""What facts cause to an encours: keep the document, then add up the client's again."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import Insert, insert

from services.contacts.encours import rules
from services.contacts.encours.models import Piece
from services.contacts.tiers.models import Tiers
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FacturePayee
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import EncoursModifie
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO

# In the order of rules.Piece: read as rows, a client may have thousands.
PIECES = once(
    select(
        *(Piece.genre, Piece.total_ht, Piece.total_ttc, func.coalesce(Piece.solde_ttc, ZERO)),
        *(Piece.demande_id, Piece.affaire_client_id, Piece.piece_id),
    ).where(Piece.total_ttc.is_not(None), Piece.tiers_id == bindparam("tiers_id"))
)
DU_TIERS = once(
    select(Tiers.encours_ht, Tiers.encours_ttc).where(Tiers.id == bindparam("id")).with_for_update(of=Tiers)
)
MONTANTS = once(update(Tiers.__table__).where(Tiers.id == bindparam("de")))  # type: ignore[arg-type]
DIT = bindparam("dit", type_=Uuid())


def _ecrire() -> Insert:
    """The row of a document, under the file kept when the one it names was merged into another."""
    garde = select(Tiers.absorbe_par_id).where(Tiers.id == DIT).scalar_subquery()
    return insert(Piece.__table__).values(tiers_id=func.coalesce(garde, DIT))  # type: ignore[arg-type]


def _noter_piece() -> Insert:
    ajout = _ecrire()
    dits = ("total_ht", "total_ttc", "demande_id", "affaire_client_id")
    maj = {nom: ajout.excluded[nom] for nom in dits}
    return ajout.on_conflict_do_update(index_elements=[Piece.piece_id], set_=maj)


def _noter_solde() -> Insert:
    ajout = _ecrire()
    maj = {nom: ajout.excluded[nom] for nom in ("seq", "solde_ttc")}
    plus_recent = Piece.seq < ajout.excluded.seq
    return ajout.on_conflict_do_update(index_elements=[Piece.piece_id], set_=maj, where=plus_recent)


NOTER_PIECE = once(_noter_piece().returning(Piece.tiers_id))
NOTER_SOLDE = once(_noter_solde().returning(Piece.tiers_id))


async def noter_devis(tx: Transaction, fait: DevisValide) -> None:
    """Signed: the client will owe it."""
    await _noter(tx, fait.proposition_id, fait, "devis", demande_id=fait.demande_id)


async def noter_affaire(tx: Transaction, fait: AffaireClientCreee) -> None:
    """Ready to invoice; a feuille and a deposit are already counted by their devis."""
    if fait.origine not in ("feuille", "acompte"):
        await _noter(tx, fait.affaire_client_id, fait, "affaire", demande_id=fait.demande_id)


async def noter_facture(tx: Transaction, fait: FactureEmise) -> None:
    """Invoiced: the client owes it (an avoir carries negative totals). A payment told before stays."""
    propres = {"demande_id": fait.demande_id, "affaire_client_id": fait.affaire_client_id}
    await _noter(tx, fait.facture_id, fait, "facture", solde_ttc=fait.total_ttc, **propres)


async def noter_paiement(tx: Transaction, fait: FacturePayee) -> None:
    """Paid, wholly or in part; only the last balance told counts."""
    seq = tx.envelope.seq if tx.envelope else 0
    paye = {"piece_id": fait.facture_id, "genre": "facture", "seq": seq, "solde_ttc": fait.solde_ttc}
    tiers_id = await tx.scalar(NOTER_SOLDE, {**paye, "dit": fait.tiers_id})
    if tiers_id is not None:
        await recalculer(tx, tiers_id)


async def _noter(
    tx: Transaction, piece_id: UUID, fait: DevisValide | AffaireClientCreee | FactureEmise, genre: str, **propres: Any
) -> None:
    piece = {"piece_id": piece_id, "seq": 0, "genre": genre, "total_ht": fait.total_ht, "total_ttc": fait.total_ttc}
    liens = {"demande_id": None, "affaire_client_id": None, "solde_ttc": None} | propres
    await recalculer(tx, await tx.scalar(NOTER_PIECE, {**piece, **liens, "dit": fait.tiers_id}))


async def recalculer(tx: Transaction, tiers_id: UUID) -> None:
    """Add up the documents of a client, locked; told to the others when the sum moved."""
    avant = (await tx.execute(DU_TIERS, {"id": tiers_id})).one_or_none()
    if avant is None:
        return
    encours = rules.calculer(await _pieces(tx, tiers_id))
    valeurs = {"encours_ttc": encours.impaye_ttc, "encours_ht": encours.total_ht, "en_cours_ht": encours.en_cours_ht}
    if (encours.total_ht, encours.impaye_ttc) == (avant.encours_ht, avant.encours_ttc):
        return
    await tx.execute(MONTANTS, {**valeurs, "de": tiers_id})
    tx.publish(EncoursModifie(tiers_id=tiers_id, encours_ht=encours.total_ht))


async def _pieces(tx: Transaction, tiers_id: UUID) -> list[rules.Piece]:
    lues: Any = await tx.execute(PIECES, {"tiers_id": tiers_id})
    return [rules.Piece(*lue) for lue in lues]
