"""Table of agenda addresses."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from shared.database.columns import Instant


class Agenda(Base):
    """The address of somebody's agenda. Only the hash of its secret is kept: a new address replaces the old one."""

    __tablename__ = "agenda"

    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True)
    empreinte: Mapped[str] = mapped_column(unique=True)
    cree_le: Mapped[Instant]
