"""Tables of the mails sent to suppliers."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.purchasing.base import Base
from shared.contracts.purchasing import EnvoiFournisseurDemande
from shared.courriel.envoi import EnvoiCourriel
from shared.database.base import enum_texte
from shared.database.columns import Identifie


class GenreEnvoi(StrEnum):
    """What the mail carries."""

    DEMANDE_PRIX = "demande_prix"
    COMMANDE = "commande"


class Envoi(EnvoiCourriel, Base):
    """A mail to a supplier: the prices asked, or a commande."""

    __tablename__ = "envoi"
    __table_args__ = (Index("ix_envoi_fournisseur", "fournisseur_id", "id"),)

    genre: Mapped[GenreEnvoi] = mapped_column(enum_texte(GenreEnvoi))
    numero: Mapped[str]
    fournisseur_id: Mapped[UUID]
    commande_id: Mapped[UUID | None] = mapped_column(ForeignKey("commande.id"), index=True)

    negociations: Mapped[list["NegociationDemandee"]] = relationship(
        lazy="raise", order_by="NegociationDemandee.rang", cascade="all, delete-orphan"
    )

    def demander(self) -> EnvoiFournisseurDemande:
        """Work for our own jobs."""
        return EnvoiFournisseurDemande(fournisseur_id=self.fournisseur_id, envoi_id=self.id)


class NegociationDemandee(Identifie, Base):
    """A negociation whose price a mail asks for."""

    __tablename__ = "negociation_demandee"

    envoi_id: Mapped[UUID] = mapped_column(ForeignKey("envoi.id"), index=True)
    negociation_id: Mapped[UUID] = mapped_column(ForeignKey("negociation.id"), index=True)
    rang: Mapped[int]
