"""What the API takes and gives about received electronic invoices."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.lue import FactureLue
from services.billing.facture_recue.rules.statut import Statut


class Choix(BaseModel):
    """The affaire fournisseur it bills or credits; for a credit note, the credit that a return awaits too."""

    achat_id: UUID


class Mise(BaseModel):
    """Why it is set aside."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


class SaisieStatut(BaseModel):
    """What is told to its supplier: `motif` is a code of the reform, wanted by all but an approval and a payment.

    A payment says how much (TTC, euros) and when.
    """

    statut: Statut
    motif: Annotated[str, StringConstraints(max_length=20)] = ""
    precision: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    montant_ttc: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)] | None = None
    paye_le: date | None = None


class VueStatut(BaseModel):
    """A status as given; `transmis_le` is empty while its message waits for the platform."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    statut: Statut
    le: datetime
    par_nom: str
    motif: str
    motif_libelle: str = ""
    precision: str
    montant_ttc: Decimal | None
    paye_le: date | None
    transmis_le: datetime | None
    transmis_par: str


class StatutATransmettre(VueStatut):
    """A status whose message waits for the platform, and its invoice."""

    recue_id: UUID
    numero: str
    fournisseur_nom: str


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
    statut: Statut | None
    achat_id: UUID | None
    achat_numero: str
    est_avoir: bool
    attendu_id: UUID | None
    attendu_numero: str
    manques: str
    nom: str
    type: str
    cree_le: datetime
    deposee_par: str


class AchatPossible(BaseModel):
    """An affaire fournisseur it may be put on. `est_probable`: it received goods of the commande cited, or its number was typed
    there.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    numero: str
    reception_numero: str
    facture_fournisseur: str
    total_ht: Decimal
    est_probable: bool = False


class RetourPossible(BaseModel):
    """A credit that a return awaits."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    retour_numero: str
    designation: str
    reste_ht: Decimal


class VueRecue(ResumeRecue):
    """The whole of it: what was read, what it may be put on while it waits, and what became of what it is on.

    `est_juste`: its sums add up; otherwise no reception takes it by itself. `suites`: what its supplier may be told next,
    with the (code, words) of the reasons; `reste_ttc`: what no payment covers; `message_manques`: what the message for the
    platform cannot do without.
    """

    lue: FactureLue
    remarques: str
    motif: str
    est_juste: bool = True
    achat_etat: EtatAchat | None = None
    possibles: list[AchatPossible] = []
    retours: list[RetourPossible] = []
    statuts: list[VueStatut] = []
    suites: dict[Statut, list[tuple[str, str]]] = {}
    reste_ttc: Decimal
    message_manques: list[str] = []


class TotauxRecues(BaseModel):
    """Those that wait for accounts, and the statuses that wait for the platform."""

    nombre: int
    a_transmettre: int
    total_ht: Decimal
