"""The table of balances and its verbs."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.depot.models import Depot
from services.inventory.errors import StockInsuffisant
from shared.contracts.inventory import StockChange
from shared.database.columns import Quantite
from shared.kernel.nombre import ecrire_quantite


class Stock(Base):
    """What a depot holds of a product, nature by nature.

    physique = sum of movements; disponible = physique - reserve, never negative.
    """

    __tablename__ = "stock"
    __table_args__ = (CheckConstraint("reserve >= 0 AND physique >= reserve", name="jamais_negatif"),)

    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), primary_key=True)
    depot_id: Mapped[UUID] = mapped_column(ForeignKey("depot.id"), primary_key=True, index=True)
    nature: Mapped[str] = mapped_column(primary_key=True)
    physique: Mapped[Quantite] = mapped_column(default=Decimal(0))
    reserve: Mapped[Quantite] = mapped_column(default=Decimal(0))

    depot: Mapped[Depot] = relationship(lazy="raise")

    @property
    def disponible(self) -> Decimal:
        """What nobody reserved."""
        return self.physique - self.reserve

    def entrer(self, quantite: Decimal) -> None:
        """Goods arrive in the depot."""
        self.physique += quantite

    def sortir(self, quantite: Decimal, *, reference: str) -> None:
        """Goods nobody reserved leave the depot; StockInsuffisant names the product."""
        self._exiger(quantite, reference)
        self.physique -= quantite

    def reserver(self, quantite: Decimal, *, reference: str) -> None:
        """Keep goods for a feuille; StockInsuffisant names the product."""
        self._exiger(quantite, reference)
        self.reserve += quantite

    def liberer(self, quantite: Decimal) -> None:
        """Give back goods kept for a feuille."""
        self.reserve -= min(quantite, self.reserve)

    def contrat(self) -> StockChange:
        """The balance as facts carry it."""
        return StockChange(
            produit_id=self.produit_id,
            agence_id=self.depot.agence_id,
            agence_nom=self.depot.nom,
            nature=self.nature,
            physique=self.physique,
            reserve=self.reserve,
            disponible=self.disponible,
        )

    def _exiger(self, quantite: Decimal, reference: str) -> None:
        if quantite > self.disponible:
            raise StockInsuffisant(
                reference=reference,
                depot=self.depot.nom,
                disponible=ecrire_quantite(self.disponible),
                demande=ecrire_quantite(quantite),
            )
