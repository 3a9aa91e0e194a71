"""Tables of the read model: rebuilt from facts alone, nothing else writes here."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.columns import Identifie, Instant, Montant


class FilDeVie(Identifie, Base):
    """One event in the life of an object. `message_id` is the fact it comes from: told twice, written once."""

    __tablename__ = "fil_de_vie"
    __table_args__ = (
        UniqueConstraint("historique_id", "message_id"),
        Index("ix_fil_de_vie_ordre", "historique_id", "le", "seq"),
    )

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"))
    message_id: Mapped[UUID]
    source: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    le: Mapped[Instant]
    type: Mapped[str]
    titre: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    lien: Mapped[str | None]
    montant_ht: Mapped[Montant | None]
    par_nom: Mapped[str] = mapped_column(default="")


class LienEquipement(Identifie, Base):
    """Which object an equipment of a parc is, and its contract: facts about either then reach its fil de vie."""

    __tablename__ = "lien_equipement"

    equipement_id: Mapped[UUID] = mapped_column(unique=True)
    historique_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_numero: Mapped[str | None]
