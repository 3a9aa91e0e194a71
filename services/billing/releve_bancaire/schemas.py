"""What the API takes and gives about bank statements."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, StringConstraints

FICHIER_MAX = 1_000_000


class FichierReleve(BaseModel):
    """A file of the bank, in base64: CAMT.053, CFONB 120 or OFX."""

    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    contenu: Annotated[Base64Bytes, Field(min_length=1, max_length=FICHIER_MAX)]


class ChoixFactures(BaseModel):
    """The invoices an operation pays, in the order they take the money."""

    facture_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class Mise(BaseModel):
    """Why an operation settles no invoice."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class VueReleve(BaseModel):
    """What an import brought."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    format: str
    compte: str
    debut: date
    fin: date
    nouvelles: int
    doublons: int


class Reglee(BaseModel):
    """An invoice an operation paid, wholly or partly."""

    facture_id: UUID
    numero: str
    tiers_nom: str
    montant_ttc: Decimal


class VueOperation(BaseModel):
    """A line of a statement and what it settled."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    compte: str
    le: date
    libelle: str
    reference: str
    montant: Decimal
    etat: str
    motif: str
    traitee_par: str
    traitee_le: datetime | None
    factures: list[Reglee] = []


class Candidate(BaseModel):
    """An invoice an operation may pay. `est_citee`: its number is written in the operation."""

    id: UUID
    numero: str
    tiers_nom: str
    emise_le: date
    echeance: date
    total_ttc: Decimal
    solde_ttc: Decimal
    est_citee: bool


class DossierOperation(VueOperation):
    """An operation, and the invoices it may pay."""

    candidates: list[Candidate]


class TotauxOperations(BaseModel):
    """What the filtered operations add up to, euros."""

    nombre: int
    entrees: Decimal
    sorties: Decimal
    a_rapprocher: int
