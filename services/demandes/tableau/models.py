"""Tables of boards."""

from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.demandes.base import Base
from services.demandes.tableau.rules import TriTableau
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie


class Tableau(Aggregate, Base):
    """A board. `jours_termines`: how long a finished demande stays visible in its column."""

    __tablename__ = "tableau"

    code: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str]
    icone: Mapped[str] = mapped_column(default="square-kanban")
    ordre: Mapped[int] = mapped_column(default=0)
    est_actif: Mapped[bool] = mapped_column(default=True)
    tri: Mapped[TriTableau] = mapped_column(enum_texte(TriTableau), default=TriTableau.URGENCE)
    jours_termines: Mapped[int] = mapped_column(default=30)

    colonnes: Mapped[list["Colonne"]] = relationship(
        lazy="raise", order_by="Colonne.ordre", cascade="all, delete-orphan"
    )


class Colonne(Identifie, Base):
    """A column: one or several states, of one or several types, and the service that works it off.

    It may keep only some of their demandes; one that several columns would keep shows in the first.
    """

    __tablename__ = "colonne"

    tableau_id: Mapped[UUID] = mapped_column(ForeignKey("tableau.id"), index=True)
    ordre: Mapped[int]
    libelle: Mapped[str]
    couleur: Mapped[str] = mapped_column(default="ardoise")
    service: Mapped[str] = mapped_column(default="tous")
    urgences: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    sous_contrat: Mapped[bool | None]
    agence_id: Mapped[UUID | None]
    est_confiee: Mapped[bool | None]

    etats: Mapped[list["EtatColonne"]] = relationship(
        lazy="raise", order_by="EtatColonne.ordre", cascade="all, delete-orphan"
    )


class EtatColonne(Identifie, Base):
    """A state shown in a column. Dropping a card there gives it the first state its type allows."""

    __tablename__ = "etat_colonne"
    __table_args__ = (UniqueConstraint("colonne_id", "type_code", "etat_code"),)

    colonne_id: Mapped[UUID] = mapped_column(ForeignKey("colonne.id"))
    ordre: Mapped[int]
    type_code: Mapped[str]
    etat_code: Mapped[str]
