"""What the API takes and gives about the margin guard."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.commercial.garde.rules import EtatApprobation

Pourcent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class SaisieSeuil(BaseModel):
    """The limits; null for none."""

    remise_max: Pourcent | None = None
    marque_min: Pourcent | None = None


class SaisieLimites(SaisieSeuil):
    """Those of the company: what happens beyond the credit limit of a client too (a warning, else an approval)."""

    encours_bloque: bool = False


class VueSeuil(SaisieLimites):
    """The limits and the version to send next (0 while there is none)."""

    model_config = ConfigDict(from_attributes=True)

    version: int = 0


class SaisieRegle(SaisieSeuil):
    """The limits of one person or of those who hold a role, and who decides beyond them (anybody who may when empty)."""

    role: Annotated[str, StringConstraints(min_length=1, max_length=60)] | None = None
    personne_id: UUID | None = None
    nom: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    approbateurs: list[UUID] = Field(default_factory=list, max_length=50)

    @model_validator(mode="after")
    def _un_seul(self) -> Self:
        """A role, or a person."""
        if (self.role is None) == (self.personne_id is None):
            raise ValueError("choisissez un rôle ou une personne")
        return self


class VueRegle(BaseModel):
    """A rule as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    role: str | None
    personne_id: UUID | None
    nom: str
    approbateurs: list[UUID]
    remise_max: Decimal | None
    marque_min: Decimal | None


class VueRefus(BaseModel):
    """Who sees no cost and was refused for the margin, of which devis, when."""

    model_config = ConfigDict(from_attributes=True)

    proposition_id: UUID
    numero: str
    personne_id: UUID
    nom: str
    refuse_le: datetime


class VuePersonne(BaseModel):
    """Somebody limits may be set for, and the keys of their roles: what these allow is known of the gateway."""

    model_config = ConfigDict(from_attributes=True)

    personne_id: UUID
    nom: str
    roles: list[str]


class SaisieDemande(BaseModel):
    """Why the salesman wants it."""

    motif: Texte = ""


class SaisieDecision(BaseModel):
    """What the approver answers."""

    decision: Literal["accordee", "refusee"]
    reponse: Texte = ""


class VueApprobation(BaseModel):
    """A request and its answer."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    proposition_id: UUID
    revision: int
    etat: EtatApprobation
    raisons: list[str]
    motif: str
    demandee_par: str
    demandee_le: datetime
    decidee_par: str | None
    decidee_le: datetime | None
    reponse: str


class VueGarde(BaseModel):
    """What holds a proposition back for who asks, what it only warns of, what to read again before it leaves, the last
    request about it, and what who reads may do."""

    raisons: list[str]
    alertes: list[str] = []
    a_relire: list[str] = []
    approbation: VueApprobation | None
    peut_demander: bool = False
    peut_decider: bool = False
