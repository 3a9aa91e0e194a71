"""What the API takes and gives about depots."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from services.inventory.nature.schemas import CodeNature


class SaisieEmplacement(BaseModel):
    """A place inside a depot; without `nature`, of the main one."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)]
    libelle: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    nature: CodeNature | None = None


class VueEmplacement(BaseModel):
    """A place as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str
    libelle: str
    nature: str


class VueDepot(BaseModel):
    """A depot and its places."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    agence_id: UUID
    code: str
    nom: str
    est_actif: bool
    emplacements: list[VueEmplacement]
