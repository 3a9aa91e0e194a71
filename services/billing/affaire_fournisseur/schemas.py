"""What the API takes and gives about affaires fournisseur."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class LigneLue(BaseModel):
    """A line of the invoice: how many it bills, at which price."""

    ligne_id: UUID
    quantite: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=3)]
    prix_ht: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]


class Controle(BaseModel):
    """The supplier invoice as received. Lines and fees left out are billed as received.

    `echeance` is the one the invoice says; none: the delay of the supplier. Fees below zero are a discount on the whole.
    """

    facture_fournisseur: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    date_facture: date | None = None
    echeance: date | None = None
    lignes: list[LigneLue] = Field(default_factory=list, max_length=1000)
    frais_ht: Annotated[Decimal, Field(max_digits=14, decimal_places=2)] | None = None


class Liberation(BaseModel):
    """Why an invoice on hold is let through."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class VueLigneAchat(BaseModel):
    """A line as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    designation: str
    commande_numero: str | None
    quantite: Decimal
    prix_ht: Decimal
    total_ht: Decimal
    prix_commande_ht: Decimal | None
    est_hors_tolerance: bool
    quantite_facturee: Decimal | None
    prix_facture_ht: Decimal | None
    total_facture_ht: Decimal | None


class ResumeAchat(BaseModel):
    """A row of the supplier invoices table. `total_ht` is what was received, `montant_ht` what is billed once it is known."""

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
    montant_ht: Decimal
    cree_le: datetime


class VueAchat(ResumeAchat):
    """The whole affaire fournisseur; `motif_blocage` says, a line each, why it is or was on hold."""

    frais_factures_ht: Decimal | None
    total_facture_ht: Decimal | None
    total_credite_ht: Decimal
    reste_a_crediter_ht: Decimal
    tolerance_quantite_pct: Decimal
    tolerance_prix_pct: Decimal
    motif_blocage: str
    liberee_par: str | None
    liberee_le: datetime | None
    motif_liberation: str

    lignes: list[VueLigneAchat]


class TotauxAchats(BaseModel):
    """What the filter of the table adds up to, euros HT: what is billed, what was received where nobody read the invoice."""

    nombre: int
    total_ht: Decimal
    a_controler_ht: Decimal
    bloquees_ht: Decimal
