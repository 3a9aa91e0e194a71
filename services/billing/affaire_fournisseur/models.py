"""Tables of the affaire fournisseur and its verbs."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.billing.base import Base
from shared.contracts.billing import AffaireFournisseurCreee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Montant, Prix, Quantite


class EtatAchat(StrEnum):
    """Where a supplier invoice stands."""

    A_CONTROLER = "a_controler"
    CONTROLEE = "controlee"


class AffaireFournisseur(Aggregate, Base):
    """What a supplier bills us for a reception, line by line, euros HT."""

    __tablename__ = "affaire_fournisseur"
    __table_args__ = (Index("ix_affaire_fournisseur_etat", "etat", "id"),)

    numero: Mapped[str] = mapped_column(unique=True)
    reception_id: Mapped[UUID] = mapped_column(unique=True)
    reception_numero: Mapped[str]
    fournisseur_id: Mapped[UUID] = mapped_column(index=True)
    fournisseur_nom: Mapped[str]
    facture_fournisseur: Mapped[str] = mapped_column(index=True)
    date_facture: Mapped[date | None]
    echeance: Mapped[date]
    facture_sha256: Mapped[str | None]
    facture_nom: Mapped[str | None]
    facture_type: Mapped[str | None]
    etat: Mapped[EtatAchat] = mapped_column(enum_texte(EtatAchat), default=EtatAchat.A_CONTROLER)
    frais_ht: Mapped[Montant]
    total_ht: Mapped[Montant]

    lignes: Mapped[list["LigneAchat"]] = relationship(
        lazy="raise", order_by="LigneAchat.position", cascade="all, delete-orphan"
    )

    def creer(self) -> AffaireFournisseurCreee:
        """It is there for accounts to check."""
        return AffaireFournisseurCreee(
            affaire_fournisseur_id=self.id,
            numero=self.numero,
            fournisseur_id=self.fournisseur_id,
            fournisseur_nom=self.fournisseur_nom,
            reception_id=self.reception_id,
            facture_fournisseur=self.facture_fournisseur,
            total_ht=self.total_ht,
        )


class LigneAchat(Identifie, Base):
    """A received line as the supplier prices it."""

    __tablename__ = "ligne_affaire_fournisseur"

    affaire_fournisseur_id: Mapped[UUID] = mapped_column(ForeignKey("affaire_fournisseur.id"), index=True)
    position: Mapped[int]
    produit_id: Mapped[UUID]
    reference: Mapped[str]
    designation: Mapped[str]
    commande_numero: Mapped[str | None]
    quantite: Mapped[Quantite]
    prix_ht: Mapped[Prix]
    total_ht: Mapped[Montant]
