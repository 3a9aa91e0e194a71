"""What the API takes and gives about interventions and the planning."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.demandes.absence.rules import Demi
from services.demandes.demande.rules import Urgence
from services.demandes.intervention.rules import EtatIntervention
from shared.kernel.signature import TRACE_MAX, TRACE_OU_RIEN

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
JourPlanning = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
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
    """An intervention to plan for a demande; `duree_prevue`: from that half-day, as long as the demande says."""

    demande_id: UUID
    duree_prevue: bool = False


class SaisieCase(BaseModel):
    """Half a day in the row of a person or of a team."""

    jour: date
    demi: Literal[Demi.MATIN, Demi.APRES_MIDI]
    personne: UUID | None = None
    equipe: UUID | None = None


class SaisieDeplacement(BaseModel):
    """A block dragged on the grid: what it takes moves with it, who it was dropped on replaces who it was dragged from."""

    de: SaisieCase
    vers: SaisieCase


class SaisieFin(BaseModel):
    """What was done; who signed for the client and the drawn signature, or neither."""

    compte_rendu: Texte = ""
    signe_par: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    trace: Annotated[str, StringConstraints(max_length=TRACE_MAX, pattern=TRACE_OU_RIEN)] = ""


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
    tiers_adresse: str | None  # on one line; None or empty where only the town is known
    tiers_telephone: str | None
    objet: str
    urgence: Urgence
    type_code: str
    personnes_prevues: int
    collaborateurs: list[str]


class FicheIntervention(LigneIntervention):
    """One intervention, with the signature of the client when there is one."""

    signe_par: str
    trace: str


class Case(BaseModel):
    """Half a day touched by an intervention."""

    jour: date
    demi: Demi


class InterventionPlacee(LigneIntervention):
    """An intervention on the grid; `conflits` says what is wrong: somebody taken twice, absent or missing, a rest day."""

    cases: list[Case]
    en_conflit: bool
    conflits: list[str]


class CaseAbsente(Case):
    """Half a day somebody is not there."""

    personne: UUID
    motif: str


class CaseChomee(Case):
    """Half a day somebody does not work in any week."""

    personne: UUID


class JourFerie(BaseModel):
    """A public holiday."""

    jour: date
    nom: str


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
    """A week: six days, people, interventions, who is not there, and what waits for a date.

    Seven days when something is planned on Sunday, or somebody works then.
    """

    jours: list[date]
    personnes: list[Personne]
    equipes: list[EquipePlanning]
    interventions: list[InterventionPlacee]
    absences: list[CaseAbsente]
    chomees: list[CaseChomee]
    feries: list[JourFerie]
    a_planifier: list[APlanifier]
