"""What a client owes and will owe, from its documents. Pure.

Source: seed, "Contrôle d'encours": unpaid invoices, and what is in progress (signed or ready, not invoiced yet). The
limit is typed HT, so both parts are computed HT: an invoice half paid counts for half of its HT.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from shared.kernel.money import ZERO, arrondi

Genre = Literal["devis", "affaire", "facture"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A document: amounts in euros, `solde_ttc` for invoices only. An avoir is an invoice with negative amounts."""

    genre: Genre
    total_ht: Decimal
    total_ttc: Decimal
    solde_ttc: Decimal = ZERO
    demande_id: UUID | None = None
    affaire_client_id: UUID | None = None
    piece_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Encours:
    """What a client owes (invoiced, unpaid) and will owe (in progress)."""

    impaye_ttc: Decimal
    impaye_ht: Decimal
    en_cours_ht: Decimal

    @property
    def total_ht(self) -> Decimal:
        """What is compared with the limit."""
        return self.impaye_ht + self.en_cours_ht


def calculer(pieces: Iterable[Piece]) -> Encours:
    """The encours of one client."""
    impaye_ttc = impaye_ht = ZERO
    signe_ht: dict[UUID, Decimal] = defaultdict(lambda: ZERO)
    pretes: dict[UUID, Decimal] = {}
    facture_ht: dict[UUID, Decimal] = defaultdict(lambda: ZERO)
    facturees: set[UUID] = set()
    for piece in pieces:
        if piece.genre == "facture":
            impaye_ttc += piece.solde_ttc
            impaye_ht += arrondi(piece.total_ht * piece.solde_ttc / piece.total_ttc) if piece.total_ttc else ZERO
            if piece.demande_id:
                facture_ht[piece.demande_id] += piece.total_ht
            if piece.affaire_client_id:
                facturees.add(piece.affaire_client_id)
        elif piece.genre == "devis" and piece.demande_id:
            signe_ht[piece.demande_id] += piece.total_ht
        elif piece.genre == "affaire" and piece.piece_id:
            pretes[piece.piece_id] = piece.total_ht
    en_cours = sum((max(ht - facture_ht[demande], ZERO) for demande, ht in signe_ht.items()), ZERO)
    en_cours += sum((ht for affaire, ht in pretes.items() if affaire not in facturees), ZERO)
    return Encours(impaye_ttc, impaye_ht, en_cours)
