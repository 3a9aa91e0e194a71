"""What the API takes and gives about accounts and tokens."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from gateway.compte.droits import DROITS, METIERS
from shared.kernel.etendue import Etendue

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
    autres_agences: list[UUID] = Field(default_factory=list, max_length=50)
    page_entree: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9/_-]*$", max_length=120)] = "/demandes"
    est_actif: bool = True


class SaisieRole(BaseModel):
    """A role as an administrator types it: single rights of the grid, or everything, present and to come.

    `etendues` narrows the reach among the records of a kind; a kind left out is reached whole.
    """

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    metier: str = ""
    est_tout: bool = False
    droits: list[str] = Field(default_factory=list, max_length=200)
    etendues: dict[Literal["tiers", "demande", "devis", "affaire", "facture", "contrat"], Etendue] = Field(
        default_factory=dict
    )

    @field_validator("metier")
    @classmethod
    def _metier_connu(cls, metier: str) -> str:
        if metier and metier not in METIERS:
            raise ValueError("Choisissez un métier de la liste, ou aucun.")
        return metier

    @field_validator("droits")
    @classmethod
    def _droits_connus(cls, droits: list[str]) -> list[str]:
        for droit in droits:
            if droit not in DROITS:
                raise ValueError(f"Le droit « {droit} » n’existe pas ; choisissez dans la grille.")
        return droits


class VueRole(BaseModel):
    """A role as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    cle: str
    libelle: str
    description: str
    metier: str
    permissions: list[str]
    etendues: dict[str, Etendue]


class NouveauCompte(SaisieCompte):
    """A new account and its first password."""

    mot_de_passe: MotDePasse


class VueCompte(SaisieCompte):
    """An account as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
