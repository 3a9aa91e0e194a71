"""What the API takes and gives about the margin guard."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.commercial.garde.rules import EtatApprobation

Pourcent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class SaisieSeuil(BaseModel):
    """The limits; null for none."""

    remise_max: Pourcent | None = None
    marque_min: Pourcent | None = None


class VueSeuil(SaisieSeuil):
    """The limits and the version to send next (0 while there is none)."""

    model_config = ConfigDict(from_attributes=True)

    version: int = 0


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
    """What holds a proposition back for who asks, and the last request about it."""

    raisons: list[str]
    approbation: VueApprobation | None
