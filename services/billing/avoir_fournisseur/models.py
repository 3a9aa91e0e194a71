"""Tables of the awaited credits and of the credit notes received."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.billing.avoir_fournisseur import rules
from services.billing.base import Base
from shared.database.columns import Aggregate, Identifie, Instant, Montant


class AvoirAttendu(Aggregate, Base):
    """A credit that a supplier owes us for goods sent back, euros HT. `reste_ht` is not covered by a credit note yet."""

    __tablename__ = "avoir_attendu"
    __table_args__ = (
        Index("ix_avoir_attendu_reste", "id", postgresql_where=text("reste_ht > 0")),
        Index("ix_avoir_attendu_fournisseur", "fournisseur_id", "id"),
    )

    retour_id: Mapped[UUID] = mapped_column(unique=True)
    retour_numero: Mapped[str]
    designation: Mapped[str]
    fournisseur_id: Mapped[UUID | None]
    fournisseur_nom: Mapped[str]
    annonce_numero: Mapped[str]
    attendu_ht: Mapped[Montant]
    reste_ht: Mapped[Montant]

    recus: Mapped[list["AvoirRecu"]] = relationship(
        lazy="raise", order_by="AvoirRecu.id", cascade="all, delete-orphan", back_populates="attendu"
    )

    @property
    def etat(self) -> rules.EtatAvoir:
        """What came of it."""
        return rules.etat(self.attendu_ht, self.reste_ht)

    def recevoir(self, avoir: "AvoirRecu") -> None:
        """A credit note came."""
        self.reste_ht = rules.recevoir(self.reste_ht, avoir.montant_ht)
        self.recus.append(avoir)

    def rendre(self, numero: str) -> None:
        """That credit note is refused."""
        for recu in [recu for recu in self.recus if recu.numero == numero]:
            self.reste_ht += recu.montant_ht
            self.recus.remove(recu)


class AvoirRecu(Identifie, Base):
    """A credit note of a supplier: a supplier invoice of a negative amount, kept here as what it credits."""

    __tablename__ = "avoir_recu"
    __table_args__ = (UniqueConstraint("attendu_id", "numero"),)

    attendu_id: Mapped[UUID] = mapped_column(ForeignKey("avoir_attendu.id"))
    numero: Mapped[str]
    date_avoir: Mapped[date]
    montant_ht: Mapped[Montant]
    par_nom: Mapped[str]
    le: Mapped[Instant]

    attendu: Mapped[AvoirAttendu] = relationship(lazy="raise", back_populates="recus")
