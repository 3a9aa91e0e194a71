"""Read copies fed by facts. `seq` is the emitter's order: older facts are ignored."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.base import Base
from shared.database.columns import Montant


class CopieTiers(Base):
    """A tiers as contacts last told."""

    __tablename__ = "copie_tiers"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    fiche: Mapped[dict[str, Any]]


class CopieSociete(Base):
    """Our own identity, one row."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    donnees: Mapped[dict[str, Any]]


class CopieContrat(Base):
    """A contract as maintenance last told: what the campaigns bill."""

    __tablename__ = "copie_contrat"

    contrat_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    numero: Mapped[str]
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    etat: Mapped[str] = mapped_column(index=True)
    debut: Mapped[date]
    fin: Mapped[date | None]
    periodicite_mois: Mapped[int]
    est_a_echoir: Mapped[bool]
    lignes: Mapped[list[dict[str, Any]]]
    demande_id: Mapped[UUID | None]
    affaire_id: Mapped[UUID | None]


class CopieAccord(Base):
    """Tariffs a client without contract signed. Rates in euros."""

    __tablename__ = "copie_accord"

    accord_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    taux_horaire_ht: Mapped[Montant]
    deplacement_ht: Mapped[Montant]


class Fusion(Base):
    """A tiers absorbed by another. What was issued to it never changes: lists look for both."""

    __tablename__ = "fusion"

    absorbe_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
