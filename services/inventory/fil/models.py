"""Tables of the read model, rebuilt from facts alone: nothing else writes there; and those facts."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
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


class LienProjet(Base):
    """Which project an object belongs to, as its movements said: facts about the project then reach its fil de vie."""

    __tablename__ = "lien_projet"

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), primary_key=True)
    demande_id: Mapped[UUID] = mapped_column(index=True)


class LienEquipement(Identifie, Base):
    """Which object an equipment of a parc is, and its contract: facts about either then reach its fil de vie."""

    __tablename__ = "lien_equipement"

    equipement_id: Mapped[UUID] = mapped_column(unique=True)
    historique_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_numero: Mapped[str | None]


class TempsProjet(Base):
    """Time spent on a project, or on one equipment, and what an hour of it cost: what the margin of objects deducts."""

    __tablename__ = "temps_projet"

    temps_id: Mapped[UUID] = mapped_column(primary_key=True)
    demande_id: Mapped[UUID] = mapped_column(index=True)
    equipement_id: Mapped[UUID | None] = mapped_column(index=True)
    minutes: Mapped[int]
    cout_horaire_ht: Mapped[Montant | None]


class FaitDuFil(Base):
    """A fact told in the fil de vie, kept for ever, in the place it was handled: what a rebuild tells again."""

    __tablename__ = "fait_du_fil"

    rang: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    message_id: Mapped[UUID] = mapped_column(unique=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str]
    cle: Mapped[UUID]
    acteur_nom: Mapped[str]
    le: Mapped[Instant]
    contenu: Mapped[dict[str, Any]] = mapped_column(JSONB)


class FilDepart(Base):
    """A row the read model had when facts began to be kept; none on an installation that began with them."""

    __tablename__ = "fil_depart"

    rang: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    nom: Mapped[str]
    ligne: Mapped[dict[str, Any]] = mapped_column(JSONB)
