"""What the API takes and gives about natures of stock."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

CodeNature = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class SaisieNature(BaseModel):
    """A nature as people name it. `est_principale` true takes that place from the one that had it."""

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    est_livrable: bool = True
    est_principale: bool = False


class VueNature(BaseModel):
    """A nature as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    code: str
    libelle: str
    est_livrable: bool
    est_principale: bool
