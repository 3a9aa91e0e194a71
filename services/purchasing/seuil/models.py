"""The table of thresholds."""

from sqlalchemy.orm import Mapped, mapped_column

from services.purchasing.base import Base
from shared.database.columns import Aggregate, Montant


class SeuilCommande(Aggregate, Base):
    """The largest order, fees included, that people of a role place alone; a role without row is not limited."""

    __tablename__ = "seuil_commande"

    role: Mapped[str] = mapped_column(unique=True)
    montant_ht: Mapped[Montant]
