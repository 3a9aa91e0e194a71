"""What the API takes and gives about collaborators."""

from typing import Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.contacts import SEMAINE_ORDINAIRE, DemiJournee

Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


def _en_semaine(demis: list[DemiJournee]) -> list[DemiJournee]:
    """Each once, from Monday morning to Sunday afternoon."""
    return [demi for demi in get_args(DemiJournee) if demi in demis]


class SaisieCollaborateur(BaseModel):
    """Everything staff type about a collaborator."""

    nom: Nom
    prenom: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    email: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=3, max_length=200)]
    fonction: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    telephone: Annotated[str, StringConstraints(max_length=40)] | None = None
    agence_id: UUID | None = None
    est_actif: bool = True
    demi_journees: Annotated[list[DemiJournee], Field(max_length=14), AfterValidator(_en_semaine)] = Field(
        default_factory=lambda: list(SEMAINE_ORDINAIRE)
    )


class VueCollaborateur(SaisieCollaborateur):
    """A collaborator as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
