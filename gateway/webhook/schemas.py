"""What the API takes and gives about webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from gateway.webhook.catalogue import PUBLICS
from gateway.webhook.rules import Etat


class SaisieWebhook(BaseModel):
    """An address as an administrator registers it. `avec_couts` also tells what we pay, to who may see it."""

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
    adresse: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=500)]
    faits: list[str] = Field(min_length=1, max_length=200)
    avec_couts: bool = False

    @field_validator("faits")
    @classmethod
    def _faits_connus(cls, faits: list[str]) -> list[str]:
        for fait in faits:
            if fait not in PUBLICS:
                raise ValueError(f"Le fait « {fait} » n’existe pas ; choisissez dans la liste.")
        return sorted(set(faits))


class VueWebhook(BaseModel):
    """A webhook as stored; its secret is never given again."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    libelle: str
    adresse: str
    faits: list[str]
    avec_couts: bool
    est_actif: bool
    motif_arret: str
    echoue_depuis: datetime | None
    reussi_le: datetime | None


class WebhookCree(VueWebhook):
    """A webhook just made, or whose secret was just changed: the secret is shown once."""

    secret: str


class VueEnvoi(BaseModel):
    """The sending of a fact: `fait_id` is its `webhook-id`."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    fait_id: UUID
    type: str
    etat: Etat
    tentatives: int
    survenu_le: datetime
    tente_le: datetime | None
    prochain_le: datetime
    code: int | None
    reponse: str
    duree_ms: int | None
