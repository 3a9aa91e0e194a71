"""What the API takes and gives about reminders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.commercial.relance.rules import ETAPES_MAX, GenreRelance


class SaisieEtape(BaseModel):
    """A step; words in braces ({numero}, {objet}, {client}, {validite}, {commercial}, {date}) are replaced in its text."""

    model_config = ConfigDict(from_attributes=True)

    jours: Annotated[int, Field(ge=1, le=180)]
    genre: GenreRelance
    sujet: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    message: Annotated[str, StringConstraints(strip_whitespace=True, max_length=3000)] = ""

    @model_validator(mode="after")
    def _courriel_redige(self) -> Self:
        """A mail that leaves by itself says something."""
        if self.genre is GenreRelance.COURRIEL and not (self.sujet and self.message):
            raise ValueError("Un courriel de relance a un objet et un texte.")
        return self


class Schema(BaseModel):
    """The scheme, steps in the order of their days; empty reminds nobody."""

    etapes: list[SaisieEtape] = Field(max_length=ETAPES_MAX)


class SaisieFaite(BaseModel):
    """What the client answered to the call."""

    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""


class VueRelance(BaseModel):
    """A reminder, made or to make, with what it is about."""

    id: UUID
    proposition_id: UUID
    numero: str
    objet: str
    tiers_id: UUID
    tiers_nom: str
    total_ht: Decimal
    commercial_id: UUID | None
    envoye_le: datetime
    valide_jusqu_au: date
    genre: GenreRelance
    rang: int
    prevue_le: date
    faite_le: datetime | None
    faite_par: str | None
    note: str
    erreur: str
