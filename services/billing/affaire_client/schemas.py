"""What the API takes and gives about affaires client."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Quantite = Annotated[Decimal, Field(max_digits=14, decimal_places=3)]
Prix = Annotated[Decimal, Field(max_digits=14, decimal_places=4)]
Pourcent = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]


class SaisieLigne(BaseModel):
    """A line as accounts type it."""

    section: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    designation: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    description: Annotated[str, StringConstraints(max_length=5000)] = ""
    quantite: Quantite = Decimal(1)
    unite: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = "u"
    prix_ht: Prix
    remise: Pourcent = Decimal(0)
    taux_tva: Pourcent = Decimal(20)
    nature: Literal["bien", "service"] = "bien"


class SaisieAffaire(BaseModel):
    """What accounts may change before issuing."""

    objet: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    lignes: list[SaisieLigne] = Field(min_length=1, max_length=1000)


class VueLigne(SaisieLigne):
    """A line as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    position: int
    total_ht: Decimal


class ResumeAffaire(BaseModel):
    """A row of the administrative table."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    origine: str
    etat: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    reference: str
    periode: str | None
    demande_id: UUID | None
    affaire_id: UUID | None
    contrat_id: UUID | None
    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    cree_le: datetime


class VueAffaire(ResumeAffaire):
    """The whole affaire client. `correction` says that its feuille is being, or was, corrected."""

    est_en_correction: bool
    correction: str

    lignes: list[VueLigne]
