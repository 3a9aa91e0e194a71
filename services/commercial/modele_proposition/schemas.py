"""What the API takes and gives about models."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class SaisieModele(BaseModel):
    """A model made from a proposition."""

    proposition_id: UUID
    nom: Nom
    description: Description = ""


class RetoucheModele(BaseModel):
    """What staff may change afterwards; an inactive model is no longer offered."""

    nom: Nom
    description: Description = ""
    est_actif: bool = True


class SaisieApplication(BaseModel):
    """Which model to lay down."""

    modele_id: UUID


class LigneModele(BaseModel):
    """A row of the list of models."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    nom: str
    description: str
    est_actif: bool
    nb_lignes: int
    nb_produits: int
    modifie_le: datetime


class ApercuLigne(BaseModel):
    """A line of a model, as its page shows it."""

    genre: str
    designation: str
    quantite: str
    unite: str
    produits: list[str]


class VueModele(LigneModele):
    """A model and what it lays down."""

    lignes: list[ApercuLigne]
