"""The table of presences: a row for each open page, in the database because several gateways may answer one record."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.base import Base
from shared.database.columns import Instant


class Presence(Base):
    """A page open on a record; `ecrit_le` is when something was last typed there."""

    __tablename__ = "presence"

    objet: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"))
    vu_le: Mapped[Instant] = mapped_column(index=True)
    ecrit_le: Mapped[Instant | None]
