"""Table of the documents an encours is made of."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from shared.database.columns import Montant


class Piece(Base):
    """A signed devis, something ready to invoice, or an invoice. `seq` is that of the last payment told.

    Totals are null on an invoice whose payment was told before its issue. `solde_ttc` is what remains due of an invoice.
    """

    __tablename__ = "piece_encours"
    __table_args__ = (Index("ix_piece_encours_impayee", "tiers_id", postgresql_where=text("solde_ttc <> 0")),)

    piece_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    genre: Mapped[str]
    demande_id: Mapped[UUID | None]
    affaire_client_id: Mapped[UUID | None]
    total_ht: Mapped[Montant | None]
    total_ttc: Mapped[Montant | None]
    solde_ttc: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
