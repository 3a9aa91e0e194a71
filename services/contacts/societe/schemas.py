"""What the API takes and gives about the company."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.contacts import Adresse

Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class SaisieAgence(BaseModel):
    """An agency; its id is kept when given."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=10)]
    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    adresse: Adresse = Adresse()
    telephone: Court | None = None


class SaisieSociete(BaseModel):
    """The identity printed on every document, and general settings."""

    raison_sociale: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    forme_juridique: Court
    capital: Court
    siren: Court
    siret: Court
    rcs: Court
    naf: Court
    tva_intracom: Court
    adresse: Adresse
    telephone: Court
    email: Court
    iban: Court = ""
    bic: Court = ""
    option_debits: bool = False
    convention_marge: Literal["marge", "marque"] = "marge"
    acompte_pourcent: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)] = Decimal(0)
    logo_svg: Annotated[str, StringConstraints(max_length=50_000)] = ""
    agences: list[SaisieAgence] = Field(default_factory=list, max_length=50)


class VueSociete(SaisieSociete):
    """The company as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
