"""What the API takes and gives about kinds of tiers."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

CodeGenre = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$", min_length=1, max_length=40)]


class SaisieGenre(BaseModel):
    """A kind as an administrator types it; `ton` is how its label looks."""

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
    ton: Literal["neutre", "accent", "succes", "alerte", "danger", "violet"] = "neutre"
    est_actif: bool = True


class VueGenre(SaisieGenre):
    """A kind as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    code: str
    est_fixe: bool
