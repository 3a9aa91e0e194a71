"""The table of reservations."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.columns import Identifie, Quantite


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
