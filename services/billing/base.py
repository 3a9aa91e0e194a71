"""The declarative base of this service: its tables and no one else's; and what says where the papers of a sale go."""

from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.contracts.commercial import Adressage
from shared.database.base import ServiceBase


class Base(ServiceBase, DeclarativeBase):
    """Tables of billing."""


class Adressee:
    """Columns of what is invoiced: to whom and where its papers go, as commercial told it."""

    tiers_secondaire_id: Mapped[UUID | None]
    adresse_code: Mapped[str] = mapped_column(default="")
    adresse_du_client: Mapped[bool] = mapped_column(default=False)

    @property
    def adressage(self) -> Adressage:
        """To whom and where its papers go."""
        return Adressage(
            tiers_id=self.tiers_secondaire_id,
            adresse_code=self.adresse_code,
            adresse_du_client=self.adresse_du_client,
        )
