"""The table of what places must carry."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.columns import Aggregate, Quantite


class Dotation(Aggregate, Base):
    """How much of a product a place carries: below `mini`, refill up to `cible`."""

    __tablename__ = "dotation"
    __table_args__ = (
        UniqueConstraint("emplacement_id", "produit_id"),
        CheckConstraint("mini > 0 AND cible >= mini", name="cible_au_moins_mini"),
    )

    emplacement_id: Mapped[UUID] = mapped_column(ForeignKey("emplacement.id"))
    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    mini: Mapped[Quantite]
    cible: Mapped[Quantite]
