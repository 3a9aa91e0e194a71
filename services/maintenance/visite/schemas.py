"""What the API takes and gives about visits."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Compteur = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Genre = Literal["info", "sav", "commercial"]


class SaisiePreparation(BaseModel):
    """The day, who goes, and the objects to look at."""

    date: dt.date
    intervenant: Texte = ""
    equipement_ids: list[UUID] = Field(default_factory=list, max_length=500)


class SaisieReleve(BaseModel):
    """What was read on one object; empty means not read."""

    equipement_id: UUID
    compteur: Compteur = ""
    utilisateur: Texte = ""
    remarque: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    genre: Genre = "info"


class SaisieRealisation(BaseModel):
    """The visit was carried out."""

    realisee_le: dt.date
    intervenant: Texte = ""
    compte_rendu: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10000)] = ""
    releves: list[SaisieReleve] = Field(default_factory=list, max_length=500)


class SaisieDeclenchement(BaseModel):
    """How far ahead visits are announced."""

    horizon_jours: Annotated[int, Field(ge=0, le=365)] = 30


class Declenchement(BaseModel):
    """The visits just announced."""

    visite_ids: list[UUID]


class ResumeVisite(BaseModel):
    """A row of the visits."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    contrat_id: UUID
    contrat_numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    periode: str
    date_prevue: dt.date
    etat: str
    demande_id: UUID | None
    demande_numero: str | None
    planifiee_le: dt.date | None
    intervenant: str
    realisee_le: dt.date | None


class EquipementVisite(BaseModel):
    """An object of a visit: where it is, what it was worth before, what was read."""

    equipement_id: UUID
    designation: str
    numero_serie: str | None
    etiquette: str | None
    lieu: str
    type_libelle: str | None
    est_coche: bool
    compteur_actuel: str
    utilisateur_actuel: str
    compteur: str
    utilisateur: str
    remarque: str
    genre: str


class VueVisite(ResumeVisite):
    """A visit, the objects ticked and those the contract covers."""

    declenchee_le: dt.datetime | None
    effectuee_le: dt.date | None
    realisee_par: str
    compte_rendu: str
    equipements: list[EquipementVisite]
