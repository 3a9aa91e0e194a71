"""Table of followers."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from shared.database.columns import Instant


class Abonnement(Base):
    """Somebody who is told what happens to a demande."""

    __tablename__ = "abonnement"

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"), primary_key=True)
    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    depuis: Mapped[Instant]
