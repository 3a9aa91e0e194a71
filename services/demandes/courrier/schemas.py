"""What pages read of received mails, and what somebody decides about one."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from services.demandes.courrier.rules import EtatCourrier

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


class VuePiece(BaseModel):
    """A file that came with a mail; `refus` says why it was not kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    type: str
    taille: int
    refus: str


class PieceDuTiers(VuePiece):
    """A kept file of a mail, with the demande the mail joined."""

    courrier_id: UUID
    recu_le: datetime
    de: str
    demande_id: UUID
    demande_numero: str


class VueCourrier(BaseModel):
    """A received mail and its files."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    recu_le: datetime
    de: str
    nom: str
    sujet: str
    texte: str
    etat: EtatCourrier
    motif: str
    demande_id: UUID | None
    pieces: list[VuePiece] = []


class SaisieRattachement(BaseModel):
    """The demande it joins, or the contact and the type of the demande it opens."""

    demande_id: UUID | None = None
    tiers_id: UUID | None = None
    type_code: Code = "commercial"

    @model_validator(mode="after")
    def _l_un_des_deux(self) -> Self:
        if (self.demande_id is None) == (self.tiers_id is None):
            raise ValueError("Choisissez un contact, ou une demande.")
        return self


class Rattachement(BaseModel):
    """Where the mail went."""

    demande_id: UUID
