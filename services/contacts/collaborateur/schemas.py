"""What the API takes and gives about collaborators."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class SaisieCollaborateur(BaseModel):
    """Everything staff type about a collaborator."""

    nom: Nom
    prenom: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    email: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=3, max_length=200)]
    fonction: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    telephone: Annotated[str, StringConstraints(max_length=40)] | None = None
    agence_id: UUID | None = None
    est_actif: bool = True


class VueCollaborateur(SaisieCollaborateur):
    """A collaborator as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
