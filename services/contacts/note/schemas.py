"""What the API takes and gives of the notes of a tiers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from services.contacts.note.models import GenreNote


class SaisieNote(BaseModel):
    """A note; colleagues named with @ are told."""

    genre: GenreNote = GenreNote.NOTE
    texte: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]


class VueNote(BaseModel):
    """A note, as written."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    le: datetime
    par_nom: str
    genre: GenreNote
    texte: str
