"""What the API takes and gives about places and groups."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Chemin = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class SaisieLieu(BaseModel):
    """A place of a client, from the largest to the smallest: "Bât B / 2e"."""

    tiers_id: UUID
    chemin: Chemin


class SaisieGroupe(BaseModel):
    """A group of a client."""

    tiers_id: UUID
    nom: Nom


class SaisieNom(BaseModel):
    """A new name."""

    nom: Nom


class VueLieu(BaseModel):
    """A place."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    tiers_id: UUID
    parent_id: UUID | None
    nom: str
    chemin: str


class VueGroupe(BaseModel):
    """A group."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    tiers_id: UUID
    nom: str
