"""Read copies fed by facts. `seq` is the emitter's order: older facts are ignored."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.maintenance.base import Base


class CopieTiers(Base):
    """A tiers as contacts last told; its commercials apart, to be searched."""

    __tablename__ = "copie_tiers"
    __table_args__ = (Index("ix_copie_tiers_commerciaux", "commercial_ids", postgresql_using="gin"),)

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    fiche: Mapped[dict[str, Any]]
    commercial_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)


class CopieSociete(Base):
    """Our own identity, one row."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    donnees: Mapped[dict[str, Any]]


class CopieCollaborateur(Base):
    """Who may carry out a visit, and of which agency."""

    __tablename__ = "copie_collaborateur"

    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    est_actif: Mapped[bool]
    agence_id: Mapped[UUID | None] = mapped_column(index=True)


class CopieVente(Base):
    """Who sold what a demande delivers, as commercial last told: whose what follows from it is."""

    __tablename__ = "copie_vente"

    proposition_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    demande_id: Mapped[UUID]
    commercial_id: Mapped[UUID | None] = mapped_column(index=True)
    agence_id: Mapped[UUID | None] = mapped_column(index=True)
