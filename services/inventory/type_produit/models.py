"""The table of product types."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from services.inventory.type_produit import rules
from shared.database.columns import Aggregate


class TypeProduit(Aggregate, Base):
    """What makes an object of this kind ready: its form, its workshop operations, its label, its place in the parc."""

    __tablename__ = "type_produit"

    code: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str]
    icone: Mapped[str] = mapped_column(default="package")
    champs: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    actions: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    etiquette_requise: Mapped[bool] = mapped_column(default=False)
    est_visible_parc: Mapped[bool] = mapped_column(default=True)
    est_actif: Mapped[bool] = mapped_column(default=True)

    @property
    def formulaire(self) -> tuple[rules.Champ, ...]:
        """The fields of its configuration window."""
        return rules.champs(self.champs)

    @property
    def operations(self) -> tuple[rules.Action, ...]:
        """Its workshop operations."""
        return rules.actions(self.actions)
