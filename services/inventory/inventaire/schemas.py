"""What the API takes and gives about counts. A blind count hides what is expected until it is counted."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.inventory.inventaire.rules import EtatInventaire, Raison
from services.inventory.nature.schemas import CodeNature

Comptee = Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=14, decimal_places=3)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class SaisieInventaire(BaseModel):
    """What to count, and why (annual inventory, rotating count, doubt)."""

    depot_id: UUID
    emplacement_id: UUID | None = None
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120)]
    est_aveugle: bool = False


class SaisieComptage(BaseModel):
    """What was counted of a product, in the main nature unless said; a null quantity: not counted after all."""

    produit_id: UUID
    nature: CodeNature | None = None
    comptee: Comptee | None = None
    raison: Raison | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class SaisieComptages(BaseModel):
    """Several lines of the sheet at once."""

    lignes: list[SaisieComptage] = Field(min_length=1, max_length=500)


class SaisieCode(BaseModel):
    """What the scanner read: a label, a serial number, a reference or a barcode."""

    code: Code


class SaisieTermine(BaseModel):
    """`absents_a_zero`: what nobody counted is not there; otherwise it is left as it is."""

    absents_a_zero: bool = False


class VuePointage(BaseModel):
    """What a scan did."""

    resultat: Literal["vu", "ailleurs", "deja"]
    pointage_id: UUID | None
    libelle: str
    detail: str


class VueLigne(BaseModel):
    """A line of the sheet; `attendue` and `ecart` are null while a blind count is open, or nothing was counted."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    nature: str
    attendue: Decimal | None
    comptee: Decimal | None
    ecart: Decimal | None
    pointes: int
    raison: Raison | None
    note: str


class EnTeteInventaire(BaseModel):
    """A count in a list."""

    id: UUID
    version: int
    numero: str
    etat: EtatInventaire
    depot_id: UUID
    depot_nom: str
    emplacement_id: UUID | None
    emplacement: str | None
    motif: str
    est_aveugle: bool
    ouvert_par: str
    cree_le: datetime
    compte_par: str | None
    compte_le: datetime | None
    valide_par: str | None
    valide_le: datetime | None


class VueInventaire(EnTeteInventaire):
    """The whole sheet, by designation."""

    nb_comptees: int
    nb_ecarts: int | None
    lignes: list[VueLigne]
