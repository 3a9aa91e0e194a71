"""What the API takes and gives about time."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class SaisieCorrection(BaseModel):
    """What may be wrong in time already recorded."""

    jour: date
    minutes: Annotated[int, Field(ge=1, le=24 * 60)]
    travaux: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class SaisieTemps(SaisieCorrection):
    """Time spent on a demande. Without collaborator: the person who types."""

    collaborateur_id: UUID | None = None


class VueTemps(BaseModel):
    """Time as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    demande_id: UUID
    collaborateur_id: UUID | None
    collaborateur_nom: str
    jour: date
    minutes: int
    travaux: str
    cree_le: datetime


class TotalTemps(BaseModel):
    """The time of a demande: every entry and their sum, in minutes."""

    elements: list[VueTemps]
    total_minutes: int


class LigneTemps(VueTemps):
    """An entry in the list of all time spent."""

    demande_numero: str
    tiers_nom: str
    objet: str
