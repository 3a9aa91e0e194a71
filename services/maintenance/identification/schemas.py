"""The answer to « quel est ce code ? », in one piece."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.maintenance.equipement.schemas import ResumeEquipement


class TiersIdentifie(BaseModel):
    """Who owns the object, and how to reach him."""

    id: UUID
    nom: str
    code: str | None
    telephone: str | None
    email: str | None
    ville: str


class ContratIdentifie(BaseModel):
    """The contract that covers the object."""

    id: UUID
    numero: str
    objet: str
    debut: date
    fin: date | None


class AccordIdentifie(BaseModel):
    """The last tariffs proposed to the client."""

    id: UUID
    numero: str
    etat: str
    taux_horaire_ht: Decimal
    deplacement_ht: Decimal


class Identification(BaseModel):
    """`couverture`: an intervention is possible under contract or at signed tariffs, awaits an answer, was refused."""

    code: str
    equipement: ResumeEquipement
    tiers: TiersIdentifie
    contrat: ContratIdentifie | None
    accord: AccordIdentifie | None
    couverture: Literal["contrat", "accord", "en_attente", "refuse", "aucune"]
    prochaine_visite: date | None
