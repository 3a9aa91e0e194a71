"""What the API takes and gives about the workshop's work on an object."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class SaisieConfiguration(BaseModel):
    """Values by key of the type's form; keys left out keep their value, an empty value erases."""

    valeurs: Annotated[dict[Annotated[str, StringConstraints(max_length=40)], Any], Field(max_length=60)]


class SaisieAction(BaseModel):
    """Tick or untick a workshop operation."""

    est_faite: bool


class SaisieVisibilite(BaseModel):
    """Whether the object enters the client's parc; None goes back to what its type says."""

    est_visible_parc: bool | None


class SaisieSerie(BaseModel):
    """The serial number read on an object received without."""

    numero_serie: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class SaisiePreparation(BaseModel):
    """Everything the configuration window holds, saved together; what is left out stays as it is.

    `repris_de` is the twin whose shared secrets are taken over where this object has none: no page ever holds them.
    """

    valeurs: Annotated[dict[Annotated[str, StringConstraints(max_length=40)], Any], Field(max_length=60)] = {}
    actions: Annotated[dict[Annotated[str, StringConstraints(max_length=40)], bool], Field(max_length=60)] = {}
    numero_serie: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] | None = None
    est_visible_parc: bool | None = None
    code_etiquette: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    repris_de: UUID | None = None


class VueJumeau(BaseModel):
    """An object of the same type on the same feuille, and what it can lend: values, and the keys of secrets it holds."""

    id: UUID
    designation: str
    numero_serie: str | None
    valeurs: dict[str, Any]
    secrets: list[str]


class VueSecret(BaseModel):
    """A secret in clear, for the eyes of whoever asked; the consultation is recorded."""

    cle: str
    valeur: str


class VueConsultation(BaseModel):
    """Somebody read a secret in clear."""

    model_config = ConfigDict(from_attributes=True)

    cle: str
    par_nom: str
    le: datetime
