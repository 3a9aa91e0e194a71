"""What the API takes and gives about interventions and the planning."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.demandes.demande.rules import Urgence
from services.demandes.intervention.rules import Demi, EtatIntervention

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
Nature = Literal["installation", "livraison", "sav", "visite", "autre"]


class SaisieCreneau(BaseModel):
    """When and who: a day and half of it, or two instants; people, or a team."""

    jour: date | None = None
    demi: Demi | None = None
    debut: AwareDatetime | None = None
    fin: AwareDatetime | None = None
    collaborateur_ids: list[UUID] = Field(default_factory=list, max_length=50)
    equipe_id: UUID | None = None
    nature: Nature = "installation"
    consignes: Texte = ""


class SaisieIntervention(SaisieCreneau):
    """An intervention to plan for a demande."""

    demande_id: UUID


class SaisieFin(BaseModel):
    """What was done."""

    compte_rendu: Texte = ""


class SaisieAnnulation(BaseModel):
    """Why it will not take place."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class VueIntervention(BaseModel):
    """An intervention as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    demande_id: UUID
    tiers_id: UUID
    nature: str
    etat: EtatIntervention
    debut: datetime
    fin: datetime
    collaborateur_ids: list[UUID]
    equipe_id: UUID | None
    consignes: str
    demarre_le: datetime | None
    termine_le: datetime | None
    compte_rendu: str


class LigneIntervention(VueIntervention):
    """An intervention in a list, with its demande."""

    demande_numero: str
    tiers_nom: str
    tiers_ville: str
    objet: str
    urgence: Urgence
    type_code: str
    collaborateurs: list[str]


class Case(BaseModel):
    """Half a day touched by an intervention."""

    jour: date
    demi: Demi


class InterventionPlacee(LigneIntervention):
    """An intervention on the grid; `en_conflit` when somebody is taken twice."""

    cases: list[Case]
    en_conflit: bool


class Personne(BaseModel):
    """A row of the grid."""

    id: UUID
    nom: str
    fonction: str


class EquipePlanning(BaseModel):
    """A team that can filter the grid."""

    id: UUID
    nom: str
    membre_ids: list[UUID]


class APlanifier(BaseModel):
    """A demande that waits for a date."""

    demande_id: UUID
    version: int
    numero: str
    type_code: str
    tiers_nom: str
    objet: str
    urgence: Urgence
    echeance: date | None
    duree_prevue_minutes: int | None
    personnes_prevues: int


class Planning(BaseModel):
    """A week: six days, people, interventions, and what waits for a date."""

    jours: list[date]
    personnes: list[Personne]
    equipes: list[EquipePlanning]
    interventions: list[InterventionPlacee]
    a_planifier: list[APlanifier]
