"""Tables of shelves."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.commercial.base import Base
from shared.database.columns import Aggregate, Identifie, Quantite


class Rayon(Aggregate, Base):
    """A shelf and its products, in the order staff chose: everybody's, or that of `proprietaire_id` alone."""

    __tablename__ = "rayon"
    __table_args__ = (Index("uq_rayon_nom", "proprietaire_id", "nom", unique=True, postgresql_nulls_not_distinct=True),)

    nom: Mapped[str]
    proprietaire_id: Mapped[UUID | None]
    icone: Mapped[str] = mapped_column(default="package")
    rang: Mapped[int] = mapped_column(default=0)

    produits: Mapped[list["ProduitRayon"]] = relationship(
        lazy="raise", order_by="ProduitRayon.rang", cascade="all, delete-orphan"
    )


class ProduitRayon(Identifie, Base):
    """A product on a shelf, with the quantity it is added with."""

    __tablename__ = "produit_rayon"

    rayon_id: Mapped[UUID] = mapped_column(ForeignKey("rayon.id"), index=True)
    produit_id: Mapped[UUID] = mapped_column(index=True)
    quantite: Mapped[Quantite]
    rang: Mapped[int]
