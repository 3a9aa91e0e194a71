"""What facts cause to an encours: keep the document, then add up the client's again."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.contacts.encours import rules
from services.contacts.encours.models import Piece
from services.contacts.tiers.models import Tiers
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FacturePayee
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import EncoursModifie
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO

# In the order of rules.Piece: read as rows, a client may have thousands.
PIECES = select(
    *(Piece.genre, Piece.total_ht, Piece.total_ttc, func.coalesce(Piece.solde_ttc, ZERO)),
    *(Piece.demande_id, Piece.affaire_client_id, Piece.piece_id),
).where(Piece.total_ttc.is_not(None))


async def noter_devis(tx: Transaction, fait: DevisValide) -> None:
    """Signed: the client will owe it."""
    await _noter(tx, fait.proposition_id, fait, "devis", demande_id=fait.demande_id)


async def noter_affaire(tx: Transaction, fait: AffaireClientCreee) -> None:
    """Ready to invoice; one that comes from a feuille is already counted by its devis."""
    if fait.origine != "feuille":
        await _noter(tx, fait.affaire_client_id, fait, "affaire", demande_id=fait.demande_id)


async def noter_facture(tx: Transaction, fait: FactureEmise) -> None:
    """Invoiced: the client owes it (an avoir carries negative totals). A payment told before stays."""
    propres = {"demande_id": fait.demande_id, "affaire_client_id": fait.affaire_client_id}
    await _noter(tx, fait.facture_id, fait, "facture", solde_ttc=fait.total_ttc, **propres)


async def noter_paiement(tx: Transaction, fait: FacturePayee) -> None:
    """Paid, wholly or in part; only the last balance told counts."""
    seq = tx.envelope.seq if tx.envelope else 0
    valeurs = {"seq": seq, "tiers_id": await _garde(tx, fait.tiers_id), "solde_ttc": fait.solde_ttc}
    ajout = insert(Piece).values(piece_id=fait.facture_id, genre="facture", **valeurs)
    await tx.execute(
        ajout.on_conflict_do_update(
            index_elements=[Piece.piece_id],
            set_={"seq": seq, "solde_ttc": fait.solde_ttc},
            where=Piece.seq < seq,
        )
    )
    await actualiser(tx, fait.facture_id)


async def _noter(
    tx: Transaction, piece_id: UUID, fait: DevisValide | AffaireClientCreee | FactureEmise, genre: str, **propres: Any
) -> None:
    totaux = {"total_ht": fait.total_ht, "total_ttc": fait.total_ttc}
    tiers_id = await _garde(tx, fait.tiers_id)
    ajout = insert(Piece).values(
        piece_id=piece_id, seq=0, tiers_id=tiers_id, genre=genre, **totaux, **({"solde_ttc": None} | propres)
    )
    gardes = {k: v for k, v in propres.items() if k != "solde_ttc"}
    await tx.execute(ajout.on_conflict_do_update(index_elements=[Piece.piece_id], set_={**totaux, **gardes}))
    await actualiser(tx, piece_id)


async def _garde(tx: Transaction, tiers_id: UUID) -> UUID:
    """The file kept when that one was merged into another: others may still name it."""
    absorbe_par: UUID | None = await tx.scalar(select(Tiers.absorbe_par_id).where(Tiers.id == tiers_id))
    return absorbe_par or tiers_id


async def actualiser(tx: Transaction, piece_id: UUID) -> None:
    """Add up again the client of a document."""
    tiers_id = await tx.scalar(select(Piece.tiers_id).where(Piece.piece_id == piece_id))
    await recalculer(tx, tiers_id)


async def recalculer(tx: Transaction, tiers_id: UUID) -> None:
    """Add up the documents of a client, locked; told to the others when the sum moved."""
    choix = select(Tiers.encours_ht, Tiers.encours_ttc).where(Tiers.id == tiers_id).with_for_update(of=Tiers)
    avant = (await tx.execute(choix)).one_or_none()
    if avant is None:
        return
    encours = rules.calculer(await _pieces(tx, tiers_id))
    valeurs = {"encours_ttc": encours.impaye_ttc, "encours_ht": encours.total_ht, "en_cours_ht": encours.en_cours_ht}
    if (encours.total_ht, encours.impaye_ttc) == (avant.encours_ht, avant.encours_ttc):
        return
    await tx.execute(update(Tiers).where(Tiers.id == tiers_id).values(**valeurs))
    tx.publish(EncoursModifie(tiers_id=tiers_id, encours_ht=encours.total_ht))


async def _pieces(tx: Transaction, tiers_id: UUID) -> list[rules.Piece]:
    lues: Any = await tx.execute(PIECES.where(Piece.tiers_id == tiers_id))
    return [rules.Piece(*lue) for lue in lues]
