"""What the API takes and gives about affaires."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.commercial.affaire.rules import PRIORITE_NORMALE, EtatAffaire

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Obligatoire = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class SaisieAffaire(BaseModel):
    """Everything staff type about an affaire. An empty code is numbered; an empty short label is the code."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)] = ""
    libelle: Obligatoire
    libelle_abrege: Texte = ""
    etat: EtatAffaire = EtatAffaire.OPPORTUNITE
    tiers_id: UUID | None = None
    priorite: Annotated[int, Field(ge=0, le=99)] = PRIORITE_NORMALE
    demande_id: UUID | None = None
    montant_ht: Annotated[Decimal, Field(max_digits=14, decimal_places=2)] | None = None
    reference_externe: Texte = ""


class VueAffaire(BaseModel):
    """An affaire as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    code: str
    libelle: str
    libelle_abrege: str
    etat: EtatAffaire
    tiers_id: UUID | None
    tiers_nom: str
    priorite: int
    demande_id: UUID | None
    montant_ht: Decimal | None
    reference_externe: str
    cree_le: datetime
    modifie_le: datetime
