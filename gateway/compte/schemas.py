"""What the API takes and gives about accounts and tokens."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifiant = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=2, max_length=100)]
MotDePasse = Annotated[str, StringConstraints(min_length=8, max_length=200)]
Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class Connexion(BaseModel):
    """What a person or a program shows to be let in."""

    identifiant: Identifiant
    mot_de_passe: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class SaisieJeton(BaseModel):
    """What a bearer token is for; `portees` empty means everything the account may do."""

    libelle: Court = ""
    portees: list[Court] = Field(default_factory=list, max_length=50)
    jours: Annotated[int, Field(ge=1, le=365)] = 1


class DemandeJeton(Connexion, SaisieJeton):
    """A bearer token asked by a program, in the name of an account; `code` when it has a second factor."""

    code: Annotated[str, StringConstraints(max_length=20)] = ""


class VueJeton(BaseModel):
    """The token, shown once."""

    jeton: str
    expire_le: datetime


class SaisieCompte(BaseModel):
    """An account as an administrator types it."""

    identifiant: Identifiant
    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    email: Court = ""
    fonction: Court = ""
    roles: list[str] = Field(min_length=1, max_length=10)
    collaborateur_id: UUID | None = None
    agence_id: UUID | None = None
    page_entree: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/_-]*$", max_length=120)] = "/demandes"
    est_actif: bool = True


class NouveauCompte(SaisieCompte):
    """A new account and its first password."""

    mot_de_passe: MotDePasse


class VueCompte(SaisieCompte):
    """An account as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
