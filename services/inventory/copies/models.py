"""Tables of the copies; `seq` is the place of the last fact applied, older ones are ignored."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.search import Cherchable


class CopieTiers(Cherchable, Base):
    """The name of a tiers, by which its objects are found, and its whole file for documents (None until the next fact)."""

    __tablename__ = "copie_tiers"
    __table_args__ = (Index("ix_copie_tiers_recherche", "recherche", postgresql_using="gin"),)

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
    nature: Mapped[str]
    emplacement: Mapped[str] = mapped_column(default="")
    seq: Mapped[int] = mapped_column(BigInteger)


class CopieDemande(Base):
    """Whose a demande is: what is used on it goes to that tiers."""

    __tablename__ = "copie_demande"

    demande_id: Mapped[UUID] = mapped_column(primary_key=True)
    numero: Mapped[str]
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    affaire_id: Mapped[UUID | None]
    seq: Mapped[int] = mapped_column(BigInteger)


class CopieSociete(Base):
    """What labels and documents print of the company (`identite`: the whole fact)."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    raison_sociale: Mapped[str]
    telephone: Mapped[str]
    identite: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    seq: Mapped[int] = mapped_column(BigInteger)
