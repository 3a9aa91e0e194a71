"""Table of time spent."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from shared.database.columns import Aggregate


class Temps(Aggregate, Base):
    """Who worked on a demande, which day, how long, and what was done."""

    __tablename__ = "temps"
    __table_args__ = (Index("ix_temps_collaborateur", "collaborateur_id", "jour"), Index("ix_temps_jour", "jour", "id"))

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"), index=True)
    collaborateur_id: Mapped[UUID | None]
    collaborateur_nom: Mapped[str]
    jour: Mapped[date]
    minutes: Mapped[int]
    travaux: Mapped[str]
