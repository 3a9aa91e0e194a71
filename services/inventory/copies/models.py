"""Tables of the copies; `seq` is the place of the last fact applied, older ones are ignored."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from services.inventory.depot.rules import PRINCIPALE, Nature
from shared.database.base import enum_texte


class CopieTiers(Base):
    """The name of a tiers, and its whole file for documents (None until the next fact about it)."""

    __tablename__ = "copie_tiers"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    nom: Mapped[str]
    fiche: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    seq: Mapped[int] = mapped_column(BigInteger)


class CopieAffaire(Base):
    """How an affaire is called, the priority its feuilles take, and the stock it is served from."""

    __tablename__ = "copie_affaire"

    affaire_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    libelle: Mapped[str]
    priorite: Mapped[int]
    agence_id: Mapped[UUID | None]
    nature: Mapped[Nature] = mapped_column(enum_texte(Nature), default=PRINCIPALE)
    emplacement: Mapped[str] = mapped_column(default="")
    seq: Mapped[int] = mapped_column(BigInteger)


class CopieSociete(Base):
    """What labels and documents print of the company (`identite`: the whole fact)."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    raison_sociale: Mapped[str]
    telephone: Mapped[str]
    identite: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    seq: Mapped[int] = mapped_column(BigInteger)
