"""What the API takes and gives about depots."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from services.inventory.depot.rules import PRINCIPALE, Nature


class SaisieEmplacement(BaseModel):
    """A place inside a depot."""

    model_config = ConfigDict(from_attributes=True)

    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)]
    libelle: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    nature: Nature = PRINCIPALE


class VueEmplacement(SaisieEmplacement):
    """A place as stored."""

    id: UUID


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
