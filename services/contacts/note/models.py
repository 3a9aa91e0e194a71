"""Table of the notes of a tiers."""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from services.contacts.tiers.models import Tiers
from shared.contracts.contacts import NoteTiersAjoutee
from shared.database.columns import Identifie, Instant
from shared.kernel.actor import Actor
from shared.kernel.mentions import extrait


class GenreNote(StrEnum):
    """What a note tells."""

    NOTE = "note"
    APPEL = "appel"
    COURRIEL = "courriel"
    VISITE = "visite"


class NoteTiers(Identifie, Base):
    """Something somebody wrote about a tiers: a call, a mail, a visit, or a plain note. Never changed."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_tiers", "tiers_id", "le", "id"),)

    tiers_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"))
    le: Mapped[Instant]
    par_id: Mapped[UUID | None]
    par_nom: Mapped[str]
    genre: Mapped[GenreNote]
    texte: Mapped[str]

    @classmethod
    def de(cls, tiers: Tiers, genre: GenreNote, texte: str, *, par: Actor, le: datetime) -> Self:
        """Written now."""
        return cls(tiers_id=tiers.id, genre=genre, texte=texte, par_id=par.id, par_nom=par.nom, le=le)

    def annoncer(self, tiers: Tiers, mention_ids: tuple[UUID, ...]) -> NoteTiersAjoutee:
        """The fact that tells colleagues."""
        return NoteTiersAjoutee(
            note_id=self.id,
            tiers_id=tiers.id,
            tiers_nom=tiers.nom,
            genre=self.genre.value,
            extrait=extrait(self.texte),
            mention_ids=mention_ids,
        )
