"""Table of absences."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.absence.rules import Demi, MotifAbsence
from services.demandes.base import Base
from shared.database.base import enum_texte
from shared.database.columns import Aggregate


class Absence(Aggregate, Base):
    """From `du` to `au`, both included; half a day only when it is the same one."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_personne", "collaborateur_id", "du"), Index("ix_absence_au", "au"))

    collaborateur_id: Mapped[UUID]
    du: Mapped[date]
    au: Mapped[date]
    demi: Mapped[Demi] = mapped_column(enum_texte(Demi), default=Demi.JOURNEE)
    motif: Mapped[MotifAbsence] = mapped_column(enum_texte(MotifAbsence), default=MotifAbsence.CONGES)
