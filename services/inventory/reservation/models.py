"""The tables of reservations, and of those somebody gave back."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.columns import Aggregate, Identifie, Quantite


class Reservation(Identifie, Base):
    """A quantity of a product kept in a depot for what a feuille expects. Stock.reserve is the sum of these rows."""

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("attendu_id", "depot_id"),
        CheckConstraint("quantite > 0", name="quantite_positive"),
    )

    feuille_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.id"), index=True)
    attendu_id: Mapped[UUID] = mapped_column(ForeignKey("attendu.id"))
    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    depot_id: Mapped[UUID] = mapped_column(ForeignKey("depot.id"), index=True)
    quantite: Mapped[Quantite]


class Liberation(Aggregate, Base):
    """Stock that was kept for a feuille and was given back by hand: how much, by whom, why, and for which other feuille.

    Written once. The run of reservations gives back too, but the sequence of service is its only reason.
    """

    __tablename__ = "liberation"
    __table_args__ = (Index("ix_liberation_feuille", "feuille_id", "cree_le"),)

    feuille_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.id"))
    feuille_numero: Mapped[str]
    attendu_id: Mapped[UUID] = mapped_column(ForeignKey("attendu.id"))
    reference: Mapped[str]
    designation: Mapped[str]
    quantite: Mapped[Quantite]
    motif: Mapped[str]
    par: Mapped[str]
    pour_feuille_id: Mapped[UUID | None] = mapped_column(ForeignKey("feuille.id"))
    pour_feuille: Mapped[str] = mapped_column(default="")  # its number: whose it is, the feuille says
