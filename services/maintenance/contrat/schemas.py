"""What the API takes and gives about contracts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Montant = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Taux = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Periodicite = Literal[1, 2, 3, 4, 6, 12, 24, 36]


class SaisieLigne(BaseModel):
    """A line; give its `id` back to keep it. `montant_ht` per billing period, euros."""

    id: UUID | None = None
    designation: Nom
    montant_ht: Montant
    taux_tva: Taux = Decimal(20)
    equipement_ids: list[UUID] = Field(default_factory=list, max_length=500)


class SaisieContrat(BaseModel):
    """Everything staff write in a contract."""

    tiers_id: UUID
    objet: Nom
    debut: date
    fin: date | None = None
    periodicite_mois: Periodicite = 12
    est_a_echoir: bool = True
    visites_par_an: Annotated[int, Field(ge=0, le=12)] = 0
    premiere_visite_le: date | None = None
    demande_id: UUID | None = None
    affaire_id: UUID | None = None
    lignes: list[SaisieLigne] = Field(default_factory=list, max_length=200)


class SaisieDepuisParc(BaseModel):
    """Objects selected in a parc. Without `contrat_id` a new draft is written. `montant_ht` per line and period."""

    tiers_id: UUID
    equipement_ids: list[UUID] = Field(min_length=1, max_length=500)
    repartition: Literal["ensemble", "chacun"] = "ensemble"
    contrat_id: UUID | None = None
    designation: Texte = ""
    montant_ht: Montant = Decimal(0)
    taux_tva: Taux = Decimal(20)
    objet: Texte = ""
    debut: date | None = None


class SaisieResiliation(BaseModel):
    """The last day of the contract and why."""

    effet: date
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class ResumeContrat(BaseModel):
    """A row of the contracts."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    etat: str
    debut: date
    fin: date | None
    periodicite_mois: int
    est_a_echoir: bool
    visites_par_an: int
    montant_ht: Decimal
    equipements: int
    prochaine_visite: date | None
    prochaine_facture: date | None


class TotauxContrats(BaseModel):
    """What the filtered contracts bill in a year, euros HT."""

    nombre: int
    annuel_ht: Decimal


class EquipementLigne(BaseModel):
    """An object on a line."""

    id: UUID
    designation: str
    numero_serie: str | None
    lieu: str
    est_retire: bool


class VueLigne(BaseModel):
    """A line with its objects."""

    id: UUID
    designation: str
    montant_ht: Decimal
    taux_tva: Decimal
    equipements: list[EquipementLigne]


class VueEcheance(BaseModel):
    """A period to bill."""

    model_config = ConfigDict(from_attributes=True)

    debut: date
    fin: date
    facturee_le: date
    montant_ht: Decimal


class VisitePrevue(BaseModel):
    """A visit of the contract."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID | None
    date_prevue: date
    etat: str
    demande_id: UUID | None = None
    planifiee_le: date | None = None
    realisee_le: date | None = None


class VueContrat(ResumeContrat):
    """A contract, its lines, its next invoices and its visits (those a draft would schedule have no id)."""

    premiere_visite_le: date | None
    active_le: datetime | None
    active_par: str
    resilie_le: datetime | None
    motif_resiliation: str
    demande_id: UUID | None
    affaire_id: UUID | None
    cree_le: datetime
    modifie_le: datetime
    lignes: list[VueLigne]
    echeances: list[VueEcheance]
    visites: list[VisitePrevue]
