"""What the API takes and gives about thresholds."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.purchasing.copies.schemas import VueMontant

Role = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
MontantSaisi = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class SaisieSeuil(BaseModel):
    """The limit of a role, in euros HT."""

    role: Role
    montant_ht: MontantSaisi


class SaisieSeuils(BaseModel):
    """Every limit: roles left out are not limited."""

    seuils: list[SaisieSeuil] = Field(max_length=40)

    @model_validator(mode="after")
    def _roles_distincts(self) -> Self:
        """One limit per role."""
        if len({s.role for s in self.seuils}) != len(self.seuils):
            raise ValueError("Le même rôle a deux seuils.")
        return self


class VueSeuil(BaseModel):
    """The limit of a role."""

    model_config = ConfigDict(from_attributes=True)

    role: str
    montant_ht: VueMontant
