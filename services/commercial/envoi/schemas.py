"""What the API takes and gives about sendings."""

from datetime import datetime
from typing import Annotated, Literal
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


class VueSuivi(BaseModel):
    """What one person did of the links sent to them; `refuse`: why their mail server did not take, or sent back, the mail."""

    adresse: str
    refuse: str = ""
    ouvert_le: datetime | None = None
    vu_le: datetime | None = None
    ouvertures: int = 0
    telecharge_le: datetime | None = None
    reponse: Literal["accord", "refus", "question"] | None = None
    repondu_le: datetime | None = None
    repondu_par: str = ""


class VueEnvoi(BaseModel):
    """A sending and how it went, and what each person did since."""

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
    suivis: list[VueSuivi] = []
