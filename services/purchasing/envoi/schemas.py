"""What the API takes and gives about mails to suppliers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.purchasing.envoi.models import GenreEnvoi
from shared.courriel.envoi import EtatEnvoi

Adresse = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


class SaisieEnvoi(BaseModel):
    """A mail: to whom, its subject and its text (blank lines separate paragraphs)."""

    destinataires: list[Adresse] = Field(min_length=1, max_length=10)
    sujet: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    message: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]


class SaisieDemandePrix(SaisieEnvoi):
    """A request for the prices of open negociations, all of one supplier."""

    fournisseur_id: UUID
    negociation_ids: list[UUID] = Field(min_length=1, max_length=300)


class ProjetEnvoi(BaseModel):
    """What the sending dialog starts from."""

    destinataires: list[str]
    sujet: str
    message: str


class VueEnvoi(BaseModel):
    """A sending and how it went."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    genre: GenreEnvoi
    numero: str
    fournisseur_id: UUID
    commande_id: UUID | None
    etat: EtatEnvoi
    destinataires: list[str]
    sujet: str
    message: str
    demande_le: datetime
    demande_par_nom: str
    envoye_le: datetime | None
    document_sha256: str | None
    refus: list[str]
    erreur: str
