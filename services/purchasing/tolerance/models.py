"""The table of tolerances."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.purchasing.base import Base
from services.purchasing.tolerance.rules import AuDela, Tolerance
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Taux


class ToleranceFournisseur(Aggregate, Base):
    """What a supplier may deliver or bill beyond its orders, in percent; a supplier without row may nothing."""

    __tablename__ = "tolerance_fournisseur"
    __table_args__ = (CheckConstraint("quantite_pct >= 0 AND prix_pct >= 0", name="jamais_negative"),)

    fournisseur_id: Mapped[UUID] = mapped_column(unique=True)
    quantite_pct: Mapped[Taux] = mapped_column(default=Decimal(0))
    prix_pct: Mapped[Taux] = mapped_column(default=Decimal(0))
    au_dela: Mapped[AuDela] = mapped_column(enum_texte(AuDela), default=AuDela.ACCEPTER)

    @property
    def regle(self) -> Tolerance:
        """The tolerance as a rule."""
        return Tolerance(self.quantite_pct, self.prix_pct, self.au_dela)
