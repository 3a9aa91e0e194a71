"""Tables of tarifs and of their prices."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from services.commercial.tarif.rules import Origine
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Prix, Quantite, Taux
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche


class Tarif(Cherchable, Aggregate, Base):
    """A price list, the prices of a client, or those of a marché (of a client, or of one affaire)."""

    __tablename__ = "tarif"
    __table_args__ = (
        Index("ix_tarif_recherche", "recherche", postgresql_using="gin"),
        Index("ix_tarif_origine", "origine", "tiers_id", "affaire_id"),
    )

    origine: Mapped[Origine] = mapped_column(enum_texte(Origine))
    libelle: Mapped[str]
    tiers_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_nom: Mapped[str] = mapped_column(default="")
    affaire_id: Mapped[UUID | None] = mapped_column(ForeignKey("affaire.id"), index=True)
    affaire_nom: Mapped[str] = mapped_column(default="")
    debut: Mapped[date | None]
    fin: Mapped[date | None]

    def indexer(self) -> None:
        """What searches look at."""
        self.recherche_texte = texte_recherche(self.libelle, self.tiers_nom, self.affaire_nom)


class PrixTarif(Identifie, Base):
    """The price of a product from a quantity on: net, or a percentage off the catalogue's."""

    __tablename__ = "prix_tarif"
    __table_args__ = (
        UniqueConstraint("tarif_id", "produit_id", "quantite_min"),
        Index("ix_prix_tarif_produit_id", "produit_id", "tarif_id"),
    )

    tarif_id: Mapped[UUID] = mapped_column(ForeignKey("tarif.id", ondelete="CASCADE"))
    produit_id: Mapped[UUID]
    quantite_min: Mapped[Quantite]
    prix_ht: Mapped[Prix | None]
    remise: Mapped[Taux | None]
