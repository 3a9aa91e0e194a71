"""What the API takes and gives about affaires fournisseur."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints


class Controle(BaseModel):
    """The supplier invoice as received, when the reception did not know it yet."""

    facture_fournisseur: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    date_facture: date | None = None


class VueLigneAchat(BaseModel):
    """A line as stored."""

    model_config = ConfigDict(from_attributes=True)

    reference: str
    designation: str
    commande_numero: str | None
    quantite: Decimal
    prix_ht: Decimal
    total_ht: Decimal


class ResumeAchat(BaseModel):
    """A row of the supplier invoices table."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    reception_id: UUID
    reception_numero: str
    fournisseur_id: UUID
    fournisseur_nom: str
    facture_fournisseur: str
    date_facture: date | None
    echeance: date
    facture_nom: str | None
    facture_type: str | None
    etat: str
    frais_ht: Decimal
    total_ht: Decimal
    cree_le: datetime


class VueAchat(ResumeAchat):
    """The whole affaire fournisseur."""

    lignes: list[VueLigneAchat]


class TotauxAchats(BaseModel):
    """What the filter of the table adds up to, euros HT."""

    nombre: int
    total_ht: Decimal
    a_controler_ht: Decimal
