"""A small aggregate to write: a sheet with lines, an amount, a secret."""

from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from shared.contracts.base import Fact
from shared.database import platform
from shared.database.base import ServiceBase
from shared.database.columns import Aggregate, Identifie, Montant, Prix, Quantite
from shared.database.database import Database


class Base(ServiceBase, DeclarativeBase):
    """The tables of these tests."""


class Statut(StrEnum):
    """Stored as its text."""

    BROUILLON = "brouillon"
    VALIDE = "valide"


class Fiche(Aggregate, Base):
    """An aggregate with one of everything."""

    __tablename__ = "fiche"
    nom: Mapped[str]
    total_ht: Mapped[Montant]
    prix: Mapped[Prix | None]
    statut: Mapped[Statut] = mapped_column(default=Statut.BROUILLON)
    options: Mapped[dict[str, Any] | None]
    mot_de_passe: Mapped[str | None] = mapped_column(info={"secret": True})
    recherche: Mapped[str | None] = mapped_column(info={"audit": False})
    lignes: Mapped[list["Ligne"]] = relationship(lazy="raise")


class Ligne(Identifie, Base):
    """A child."""

    __tablename__ = "ligne"
    fiche_id: Mapped[UUID] = mapped_column(ForeignKey("fiche.id"))
    quantite: Mapped[Quantite]


class FicheNotee(Fact, type="essai.fiche_notee.v1", key="fiche_id"):
    """A fact to publish."""

    fiche_id: UUID
    total_ht: Decimal = Decimal("1.10")
    demande_id: UUID | None = None


def une_fiche(nom: str = "Atelier", **values: Any) -> Fiche:
    """A sheet with defaults."""
    return Fiche(**{"nom": nom, "total_ht": Decimal("12.50"), "statut": Statut.BROUILLON, "lignes": [], **values})


async def create(database: Database) -> None:
    """Platform tables and ours."""
    async with database.engine.begin() as connection:
        await connection.run_sync(platform.metadata.create_all)
        await connection.run_sync(Base.metadata.create_all)


async def rows(database: Database, query: str, **values: Any) -> list[Any]:
    """The rows of a query."""
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(text(query), values)]
