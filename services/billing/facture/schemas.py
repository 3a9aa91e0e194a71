"""What the API takes and gives about invoices."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Courriel = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^@\s]+@[^@\s]+$")]


class DemandeEnvoi(BaseModel):
    """Who to send to; empty means the billing address of the client."""

    destinataires: list[Courriel] = Field(default_factory=list, max_length=10)


class EnvoiManuel(BaseModel):
    """The invoice was deposited on Chorus Pro or posted by hand."""

    canal: Literal["chorus", "papier"]
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class SaisieReglement(BaseModel):
    """A payment received."""

    montant_ttc: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
    mode: Literal["virement", "prelevement", "cheque", "carte", "especes"] = "virement"
    recu_le: date
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class SaisieAvoir(BaseModel):
    """Why the invoice is cancelled."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class ResumeFacture(BaseModel):
    """A row of the invoices table."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    nature: str
    etat: str
    affaire_client_id: UUID
    tiers_id: UUID
    tiers_nom: str
    canal: str
    emise_le: date
    echeance: date
    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    solde_ttc: Decimal
    demande_id: UUID | None
    affaire_id: UUID | None
    contrat_id: UUID | None
    periode: str | None
    document_sha256: str | None


class VueFacture(ResumeFacture):
    """The whole invoice as printed."""

    contenu: dict[str, Any]


class VueEnvoi(BaseModel):
    """A sending."""

    model_config = ConfigDict(from_attributes=True)

    canal: str
    destinataires: list[str]
    etat: str
    erreur: str
    demande_par: str
    demande_le: datetime
    fait_le: datetime | None


class VueReglement(BaseModel):
    """A payment."""

    model_config = ConfigDict(from_attributes=True)

    montant_ttc: Decimal
    mode: str
    recu_le: date
    reference: str
    saisi_par: str


class DossierFacture(VueFacture):
    """The invoice, its sendings and its payments. `manques`: what keeps its PDF from holding the structured invoice."""

    manques: list[str]
    envois: list[VueEnvoi]
    reglements: list[VueReglement]


class TotauxFactures(BaseModel):
    """What the filter of the table adds up to, euros TTC."""

    nombre: int
    total_ttc: Decimal
    reste_du_ttc: Decimal
