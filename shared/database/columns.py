"""Column types and mixins said once: money, prices, quantities, instants, and what every aggregate carries."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Numeric, event
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

from shared.kernel.ids import new_id

Montant = Annotated[Decimal, mapped_column(Numeric(14, 2))]
Prix = Annotated[Decimal, mapped_column(Numeric(14, 4))]
Quantite = Annotated[Decimal, mapped_column(Numeric(14, 3))]
Taux = Annotated[Decimal, mapped_column(Numeric(7, 4))]
Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]


class Identifie:
    """A row with a UUIDv7 key, known as soon as the object exists (before any flush)."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-10)


class Aggregate(Identifie):
    """The root of an aggregate: version checked at each write, dates set by the transaction, changes audited.

    A collection that gains or loses children moves the version; a child changed in place does not: say
    `tx.touch(root)`.
    """

    version: Mapped[int] = mapped_column(BigInteger, nullable=False, sort_order=-9)
    cree_le: Mapped[Instant] = mapped_column(sort_order=-8)
    modifie_le: Mapped[Instant] = mapped_column(sort_order=-7)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        """SQLAlchemy refuses an UPDATE whose version is not the one that was read."""
        return {"version_id_col": _column(cls, "version")}


def _column(cls: Any, name: str) -> MappedColumn[Any]:
    column: MappedColumn[Any] = getattr(cls, name)
    return column


@event.listens_for(Identifie, "init", propagate=True)
def _give_id(_target: Any, _args: Any, kwargs: dict[str, Any]) -> None:
    kwargs.setdefault("id", new_id())
