"""Tables of depots and their locations."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from shared.database.columns import Aggregate, Identifie


class Depot(Aggregate, Base):
    """The stock of one agency. `seq` is the last fact of the company applied to it."""

    __tablename__ = "depot"

    agence_id: Mapped[UUID] = mapped_column(unique=True)
    code: Mapped[str]
    nom: Mapped[str]
    est_actif: Mapped[bool] = mapped_column(default=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0, info={"audit": False})

    emplacements: Mapped[list["Emplacement"]] = relationship(
        lazy="raise", order_by="Emplacement.code", cascade="all, delete-orphan"
    )


class Emplacement(Identifie, Base):
    """A place inside a depot: shelf, cage, van. `nature` says what is kept there."""

    __tablename__ = "emplacement"
    __table_args__ = (UniqueConstraint("depot_id", "code"),)

    depot_id: Mapped[UUID] = mapped_column(ForeignKey("depot.id"))
    code: Mapped[str]
    libelle: Mapped[str] = mapped_column(default="")
    nature: Mapped[str]
