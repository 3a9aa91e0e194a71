"""What the API takes and gives about received electronic invoices."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.lue import FactureLue


class Choix(BaseModel):
    """The affaire fournisseur it bills."""

    achat_id: UUID


class Mise(BaseModel):
    """Why it is set aside."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


class ResumeRecue(BaseModel):
    """A row of the received invoices; `manques` says, a line each, what it waits for."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    date_facture: date
    echeance: date | None
    fournisseur_id: UUID | None
    fournisseur_nom: str
    total_ht: Decimal
    etat: EtatRecue
    achat_id: UUID | None
    achat_numero: str
    manques: str
    nom: str
    type: str
    cree_le: datetime
    deposee_par: str


class AchatPossible(BaseModel):
    """An affaire fournisseur it may be put on."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    numero: str
    reception_numero: str
    facture_fournisseur: str
    total_ht: Decimal


class VueRecue(ResumeRecue):
    """The whole of it: what was read, what it may be put on while it waits, and what became of what it is on.

    `est_juste`: its sums add up; otherwise no reception takes it by itself.
    """

    lue: FactureLue
    remarques: str
    motif: str
    est_juste: bool = True
    achat_etat: EtatAchat | None = None
    possibles: list[AchatPossible] = []


class TotauxRecues(BaseModel):
    """Those that wait for accounts."""

    nombre: int
    total_ht: Decimal
