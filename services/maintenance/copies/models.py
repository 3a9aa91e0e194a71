"""Read copies fed by facts. `seq` is the emitter's order: older facts are ignored."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.maintenance.base import Base


class CopieTiers(Base):
    """A tiers as contacts last told."""

    __tablename__ = "copie_tiers"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    fiche: Mapped[dict[str, Any]]


class CopieSociete(Base):
    """Our own identity, one row."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    donnees: Mapped[dict[str, Any]]


class CopieCollaborateur(Base):
    """Who may carry out a visit."""

    __tablename__ = "copie_collaborateur"

    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    est_actif: Mapped[bool]
