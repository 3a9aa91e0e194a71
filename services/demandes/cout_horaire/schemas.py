"""What the API takes and gives about hourly costs. Euros HT."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

Cout = Annotated[Decimal, Field(ge=0, le=10_000, max_digits=7, decimal_places=2)]


class SaisieCout(BaseModel):
    """What an hour of somebody costs."""

    collaborateur_id: UUID
    cout_ht: Cout


class SaisieCouts(BaseModel):
    """Every hourly cost: people left out cost `defaut_ht`; None when nobody knows."""

    defaut_ht: Cout | None = None
    collaborateurs: list[SaisieCout] = Field(default_factory=list, max_length=1000)

    @model_validator(mode="after")
    def _personnes_distinctes(self) -> Self:
        """One cost per person."""
        if len({c.collaborateur_id for c in self.collaborateurs}) != len(self.collaborateurs):
            raise ValueError("La même personne a deux coûts horaires.")
        return self


class VueCout(BaseModel):
    """The cost of an hour of an active collaborator; None when it is that of everybody."""

    collaborateur_id: UUID
    nom: str
    cout_ht: Decimal | None


class VueCouts(BaseModel):
    """The hourly costs of the company, its active people by name."""

    defaut_ht: Decimal | None
    collaborateurs: list[VueCout]
