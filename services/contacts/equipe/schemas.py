"""What the API takes and gives about teams."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class SaisieEquipe(BaseModel):
    """A team as staff type it."""

    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    agence_id: UUID | None = None
    membre_ids: list[UUID] = Field(default_factory=list, max_length=50)
    est_active: bool = True


class VueEquipe(SaisieEquipe):
    """A team as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
