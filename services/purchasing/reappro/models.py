"""The table of reorder rules."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from services.purchasing.base import Base
from shared.database.columns import Aggregate, Quantite


class RegleReappro(Aggregate, Base):
    """What the depot of an agency keeps of a product: below `mini`, buy up to `maxi`."""

    __tablename__ = "regle_reappro"
    __table_args__ = (
        UniqueConstraint("produit_id", "agence_id"),
        CheckConstraint("mini > 0 AND maxi >= mini", name="maxi_au_moins_mini"),
    )

    produit_id: Mapped[UUID]
    agence_id: Mapped[UUID]
    mini: Mapped[Quantite]
    maxi: Mapped[Quantite]
