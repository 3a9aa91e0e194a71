"""What the API takes and gives about labels."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

FormatPlanche = Literal["L7160", "L7159", "L7651", "rouleau-62"]
Millimetres = Annotated[float, Field(ge=15, le=210)]


class Impression(BaseModel):
    """How labels are printed. `depart` resumes a sheet already begun; a size in millimetres is that of a roll of "libre".

    `detail` is what stands under the code of a label that is on an object.
    """

    format: FormatPlanche | Literal["libre"] = "L7160"
    depart: Annotated[int, Field(ge=1, le=65)] = 1
    largeur: Millimetres = 62
    hauteur: Millimetres = 29
    detail: Literal["serie", "reference", "telephone", "rien"] = "serie"


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
