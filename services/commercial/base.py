"""The declarative base of this service: its tables and no one else's; and what says where the papers of a sale go."""

from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.contracts.commercial import Adressage
from shared.database.base import ServiceBase


class Base(ServiceBase, DeclarativeBase):
    """Tables of commercial."""


class Adressee:
    """Columns of what papers come from. They go to the client, unless `tiers_secondaire_id` receives them in its place.

    `adresse_code` is an address of whoever receives them, or of the client where `adresse_du_client`; "" is the main one.
    """

    tiers_secondaire_id: Mapped[UUID | None] = mapped_column(index=True)
    adresse_code: Mapped[str] = mapped_column(default="")
    adresse_du_client: Mapped[bool] = mapped_column(default=False)

    def adressage(self) -> Adressage:
        """To whom and where its papers go."""
        return Adressage(
            tiers_id=self.tiers_secondaire_id,
            adresse_code=self.adresse_code,
            adresse_du_client=self.adresse_du_client,
        )

    def adresser(self, adressage: Adressage) -> None:
        """Its papers go there."""
        self.tiers_secondaire_id = adressage.tiers_id
        self.adresse_code, self.adresse_du_client = adressage.adresse_code, adressage.adresse_du_client
