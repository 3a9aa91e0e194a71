"""The table of natures of stock."""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.contracts.inventory import NatureStockModifiee
from shared.database.columns import Aggregate


class NatureStock(Aggregate, Base):
    """What goods kept somewhere are good for. Goods outside any place are of the main nature, unless said otherwise.

    `code` never changes: movements, places and affaires name it. Goods of a nature that is not `est_livrable` (lent,
    broken, doubtful) do not leave for a client.
    """

    __tablename__ = "nature_stock"
    __table_args__ = (
        Index("uq_nature_stock_principale", "est_principale", unique=True, postgresql_where=text("est_principale")),
    )

    code: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str]
    rang: Mapped[int]
    est_livrable: Mapped[bool] = mapped_column(default=True)
    est_principale: Mapped[bool] = mapped_column(default=False)

    def contrat(self) -> NatureStockModifiee:
        """The nature as facts carry it."""
        return NatureStockModifiee(
            nature_id=self.id,
            code=self.code,
            libelle=self.libelle,
            est_livrable=self.est_livrable,
            est_principale=self.est_principale,
        )
