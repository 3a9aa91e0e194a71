"""Table of the bank details of tiers."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from shared.database.columns import Aggregate


class Rib(Aggregate, Base):
    """An account of a tiers. Kept apart from its file, which everybody reads and which travels to every service."""

    __tablename__ = "rib"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"), index=True)
    titulaire: Mapped[str]
    iban: Mapped[str] = mapped_column(index=True)
    bic: Mapped[str] = mapped_column(default="")
