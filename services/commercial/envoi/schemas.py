"""What the API takes and gives about sendings."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.courriel.envoi import EtatEnvoi

Courriel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
Sujet = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Message = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]


class SaisieEnvoi(BaseModel):
    """A mail to send: to whom, its subject and its text (blank lines separate paragraphs)."""

    destinataires: list[Courriel] = Field(min_length=1, max_length=10)
    sujet: Sujet
    message: Message


class ProjetEnvoi(BaseModel):
    """What the sending dialog starts from."""

    destinataires: list[str]
    sujet: str
    message: str


class VueEnvoi(BaseModel):
    """A sending and how it went."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    etat: EtatEnvoi
    destinataires: list[str]
    sujet: str
    message: str
    demande_le: datetime
    demande_par_nom: str
    revision: int | None
    envoye_le: datetime | None
    document_sha256: str | None
    refus: list[str]
    erreur: str
