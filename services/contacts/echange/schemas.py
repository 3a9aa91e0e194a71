"""What the API takes and gives about imports."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.contacts.echange.rules import Cle, connue

Rang = Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]
NomColonne = Annotated[str, AfterValidator(connue)]


class SaisieLancement(BaseModel):
    """Which column is what (rank in the file -> meaning), what finds an existing tiers, for trying or for good."""

    colonnes: dict[Rang, NomColonne] = Field(max_length=100)
    cle: Cle = ""
    est_essai: bool = True


class ErreurLigne(BaseModel):
    """A row that was left out: its number in the file, the column when one is at fault, the sentence."""

    ligne: int
    colonne: str
    message: str


class VueImport(BaseModel):
    """An import as it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    etat: str
    entetes: list[str]
    apercu: list[list[str]]
    colonnes: dict[str, str]
    cle: str
    lignes: int
    traitees: int
    creations: int
    modifications: int
    nb_erreurs: int
    erreurs: list[ErreurLigne]
    par: str
    cree_le: datetime
