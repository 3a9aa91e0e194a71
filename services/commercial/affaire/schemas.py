"""What the API takes and gives about affaires."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.commercial.affaire.rules import PRIORITE_NORMALE, EtatAffaire
from shared.contracts.contacts import Adresse, PersonneTiers, SiteTiers

RegimeTva = Literal["france", "intracom", "export", "autoliquidation", "franchise"]
Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Obligatoire = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

CodeDuTiers = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20)]


class SaisieAffaire(BaseModel):
    """Everything staff type about an affaire. An empty code is numbered; an empty short label is the code.

    Without `depot_agence_id` or `nature_stock` an affaire keeps its own; a new one takes the depot of its author's
    agency, and the main nature of the company.
    VAT regime and commerciaux left null are those of the tiers.
    """

    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)] = ""
    libelle: Obligatoire
    libelle_abrege: Texte = ""
    etat: EtatAffaire = EtatAffaire.OPPORTUNITE
    tiers_id: UUID | None = None
    priorite: Annotated[int, Field(ge=0, le=99)] = PRIORITE_NORMALE
    demande_id: UUID | None = None
    montant_ht: Annotated[Decimal, Field(max_digits=14, decimal_places=2)] | None = None
    reference_externe: Texte = ""
    depot_agence_id: UUID | None = None
    nature_stock: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    emplacement: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    equipe_id: UUID | None = None
    tiers_secondaire_id: UUID | None = None
    adresse_code: CodeDuTiers = ""
    adresse_du_client: bool = False
    site_code: CodeDuTiers = ""
    chef_projet_client_id: UUID | None = None
    regime_tva: RegimeTva | None = None
    commercial_ids: Annotated[list[UUID], Field(max_length=20)] | None = None
    groupe_commercial_ids: Annotated[list[UUID], Field(max_length=20)] | None = None


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
    depot_agence_id: UUID | None
    nature_stock: str
    emplacement: str
    equipe_id: UUID | None
    tiers_secondaire_id: UUID | None
    tiers_secondaire_nom: str
    adresse_code: str
    adresse_du_client: bool
    site_code: str
    chef_projet_client_id: UUID | None
    regime_tva: str
    commercial_ids: list[UUID]
    groupe_commercial_ids: list[UUID]
    cree_le: datetime
    modifie_le: datetime


class FicheAffaire(VueAffaire):
    """An affaire with what its tiers recalls of the chosen address, site and person."""

    adresse: Adresse | None
    site: SiteTiers | None
    chef_projet_client: PersonneTiers | None
