"""The table of hourly costs."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from services.demandes.base import Base
from shared.database.columns import Aggregate, Montant


class CoutHoraire(Aggregate, Base):
    """What an hour costs us, euros HT: of one collaborator, or of whoever has no cost of their own."""

    __tablename__ = "cout_horaire"
    __table_args__ = (
        Index("uq_cout_horaire_collaborateur", "collaborateur_id", unique=True, postgresql_nulls_not_distinct=True),
    )

    collaborateur_id: Mapped[UUID | None]
    cout_ht: Mapped[Montant]
