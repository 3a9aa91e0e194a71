"""What the API takes and gives about affaires client."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Quantite = Annotated[Decimal, Field(max_digits=14, decimal_places=3)]
Prix = Annotated[Decimal, Field(max_digits=14, decimal_places=4)]
Serie = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Pourcent = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]


class SaisieLigne(BaseModel):
    """A line as accounts type it; `acompte_id`, given back as it was read, says which deposit it deducts.

    `prix_a_fixer` holds the invoice while the price is 0: a price given, or taken back on purpose, lifts it.
    """

    section: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    designation: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    description: Annotated[str, StringConstraints(max_length=5000)] = ""
    quantite: Quantite = Decimal(1)
    unite: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = "u"
    prix_ht: Prix
    prix_a_fixer: bool = False
    remise: Pourcent = Decimal(0)
    taux_tva: Pourcent = Decimal(20)
    nature: Literal["bien", "service"] = "bien"
    deee_ht: Prix = Decimal(0)
    copie_privee_ht: Prix = Decimal(0)
    series: list[Serie] = Field(default=[], max_length=2000)
    garantie: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)] = ""
    acompte_id: UUID | None = None


class SaisieAffaire(BaseModel):
    """What accounts may change before issuing. `imprime_series`: the invoice prints the serial numbers delivered and
    the guarantees."""

    objet: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    imprime_series: bool = True
    lignes: list[SaisieLigne] = Field(min_length=1, max_length=1000)


class VueLigne(SaisieLigne):
    """A line as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    position: int
    total_ht: Decimal


class ResumeAffaire(BaseModel):
    """A row of the administrative table; `regime_tva` is the one the devis was signed under, "" leaves that of the client."""

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
    prix_a_fixer: bool
    regime_tva: str
    demande_id: UUID | None
    affaire_id: UUID | None
    contrat_id: UUID | None
    facturee_par: str
    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    cree_le: datetime


class VueAffaire(ResumeAffaire):
    """The whole affaire client. `correction` says that its feuille is being, or was, corrected."""

    est_en_correction: bool
    correction: str
    imprime_series: bool

    lignes: list[VueLigne]
