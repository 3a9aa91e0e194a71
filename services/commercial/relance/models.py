"""Tables of the scheme and of the reminders."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from services.commercial.errors import RelanceDejaFaite
from services.commercial.relance.rules import Etape, GenreRelance
from shared.contracts.commercial import RelanceDevisDemandee
from shared.database.base import enum_texte
from shared.database.columns import Identifie, Instant


class EtapeRelance(Identifie, Base):
    """A step of the company's scheme; `sujet` and `message` are for mails."""

    __tablename__ = "etape_relance"

    rang: Mapped[int] = mapped_column(unique=True)
    jours: Mapped[int]
    genre: Mapped[GenreRelance] = mapped_column(enum_texte(GenreRelance))
    sujet: Mapped[str]
    message: Mapped[str]

    def etape(self) -> Etape:
        """As the rules read it."""
        return Etape(self.rang, self.jours, self.genre)


class Relance(Identifie, Base):
    """A reminder of one sending: a mail that leaves by itself, or a call somebody must make."""

    __tablename__ = "relance"
    __table_args__ = (
        UniqueConstraint("proposition_id", "envoye_le", "rang"),
        Index("ix_relance_a_faire", "prevue_le", "id", postgresql_where=text("faite_le IS NULL")),
    )

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"))
    envoye_le: Mapped[Instant]
    rang: Mapped[int]
    genre: Mapped[GenreRelance] = mapped_column(enum_texte(GenreRelance))
    sujet: Mapped[str]
    message: Mapped[str]
    prevue_le: Mapped[date]
    faite_le: Mapped[Instant | None]
    faite_par: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    erreur: Mapped[str] = mapped_column(default="")

    def demander(self, demande_id: UUID) -> RelanceDevisDemandee:
        """Work for our own jobs."""
        return RelanceDevisDemandee(proposition_id=self.proposition_id, demande_id=demande_id, relance_id=self.id)

    def faire(self, *, par: str, le: datetime, note: str, erreur: str = "") -> None:
        """The client was reminded, or will not be (`erreur`)."""
        if self.faite_le is not None:
            raise RelanceDejaFaite(par=self.faite_par)
        self.faite_par, self.faite_le, self.note, self.erreur = par, le, note, erreur
