"""What the API takes and gives about credits of suppliers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.billing.avoir_fournisseur.rules import EtatAvoir


class SaisieAvoirRecu(BaseModel):
    """The credit note as it was received: its own number and date, what it credits in euros HT."""

    numero: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    date_avoir: date
    montant_ht: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]


class VueAvoirRecu(BaseModel):
    """A credit note received."""

    model_config = ConfigDict(from_attributes=True)

    numero: str
    date_avoir: date
    montant_ht: Decimal
    par_nom: str
    le: datetime


class ResumeAvoir(BaseModel):
    """A row of the credits of suppliers."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    retour_id: UUID
    retour_numero: str
    designation: str
    fournisseur_id: UUID | None
    fournisseur_nom: str
    annonce_numero: str
    etat: EtatAvoir
    attendu_ht: Decimal
    reste_ht: Decimal
    cree_le: datetime


class VueAvoir(ResumeAvoir):
    """An awaited credit and the credit notes that came for it."""

    recus: list[VueAvoirRecu]


class TotauxAvoirs(BaseModel):
    """What suppliers still owe us, euros HT."""

    nombre: int
    reste_ht: Decimal
