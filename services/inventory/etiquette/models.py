"""Tables of labels and of the sheets they were printed on."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.columns import Aggregate, Identifie, Instant


class LotEtiquettes(Aggregate, Base):
    """A batch of labels made together; its sheet can be printed again."""

    __tablename__ = "lot_etiquettes"
    __table_args__ = (Index("ix_lot_etiquettes_cree_le", "cree_le", "id"),)

    nombre: Mapped[int]
    par_nom: Mapped[str]


class Etiquette(Identifie, Base):
    """A code of ours. It is bound once, for ever: a label moved to another object would lie about both."""

    __tablename__ = "etiquette"

    code: Mapped[str] = mapped_column(unique=True)
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("lot_etiquettes.id"), index=True)
    rang: Mapped[int]
    historique_id: Mapped[UUID | None] = mapped_column(ForeignKey("historique.id"), unique=True)
    posee_par: Mapped[str | None]
    posee_le: Mapped[Instant | None]
