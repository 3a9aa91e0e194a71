"""Tables of the parc: one per client, its places (a tree) and its groups."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.maintenance.base import Base
from shared.database.columns import Aggregate
from shared.kernel.text import normaliser_recherche


class Parc(Aggregate, Base):
    """What one client owns; opened with the first object."""

    __tablename__ = "parc"
    __table_args__ = (Index("ix_parc_nom", "nom_tri", "id"),)

    tiers_id: Mapped[UUID] = mapped_column(unique=True)
    nom: Mapped[str]
    nom_tri: Mapped[str] = mapped_column(info={"audit": False})

    def nommer(self, nom: str) -> None:
        """The client's name, as last told."""
        self.nom, self.nom_tri = nom, normaliser_recherche(nom)


class Lieu(Aggregate, Base):
    """A place at a client's. `chemin` is the whole path, "Bât B / 2e"; `nom` its last level."""

    __tablename__ = "lieu"
    __table_args__ = (UniqueConstraint("tiers_id", "chemin"),)

    tiers_id: Mapped[UUID]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("lieu.id"), index=True)
    nom: Mapped[str]
    chemin: Mapped[str]


class Groupe(Aggregate, Base):
    """A set of objects that go together ("Accueil", "Baie serveurs")."""

    __tablename__ = "groupe"
    __table_args__ = (UniqueConstraint("tiers_id", "nom"),)

    tiers_id: Mapped[UUID]
    nom: Mapped[str]
