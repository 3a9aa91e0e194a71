"""What the API takes and gives of the whole configuration: the same words as `circuit_par_defaut.json`."""

from typing import Self

from pydantic import BaseModel, Field, model_validator

from services.demandes.tableau.schemas import SaisieTableau
from services.demandes.type_demande.schemas import Code, Icone, Libelle, SaisieType


class SaisieDomaine(BaseModel):
    """A subject a demande may be about."""

    code: Code
    libelle: Libelle
    icone: Icone


class Configuration(BaseModel):
    """Types, boards and subjects, in their order."""

    types: list[SaisieType] = Field(min_length=1, max_length=50)
    tableaux: list[SaisieTableau] = Field(min_length=1, max_length=50)
    domaines: list[SaisieDomaine] = Field(default_factory=list, max_length=100)

    @model_validator(mode="after")
    def _codes_distincts(self) -> Self:
        """A code names one thing."""
        for nom, codes in (
            ("types", [t.code for t in self.types]),
            ("tableaux", [t.code for t in self.tableaux]),
            ("domaines", [d.code for d in self.domaines]),
        ):
            if len(set(codes)) != len(codes):
                raise ValueError(f"Deux {nom} portent le même code.")
        return self
