"""What the API takes and gives about labels."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FormatPlanche = Literal["L7160", "L7159", "L7651", "rouleau-62"]


class SaisieLot(BaseModel):
    """How many codes to make; with objects, one code per object that has none, bound at once."""

    nombre: Annotated[int, Field(ge=0, le=1000)] = 0
    historique_ids: list[UUID] = Field(default_factory=list, max_length=500)


class SaisieEtiquette(BaseModel):
    """A scanned address, or the code typed."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=4, max_length=200)]


class VueLot(BaseModel):
    """A batch of labels and how many are already on an object."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nombre: int
    posees: int = 0
    par_nom: str
    cree_le: datetime


class VueLotComplet(VueLot):
    """A batch with its codes."""

    codes: list[str]


class VueEtiquette(BaseModel):
    """A label and the object that carries it, if any."""

    code: str
    historique_id: UUID | None
    posee_par: str | None
    posee_le: datetime | None
