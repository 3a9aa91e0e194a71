"""Tables of shelves."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.commercial.base import Base
from shared.database.columns import Aggregate, Identifie, Quantite


class Rayon(Aggregate, Base):
    """A shelf and its products, in the order staff chose."""

    __tablename__ = "rayon"

    nom: Mapped[str] = mapped_column(unique=True)
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
