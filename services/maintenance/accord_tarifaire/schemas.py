"""What the API takes and gives about tariff agreements."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Montant = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
Courriel = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^@\s]+@[^@\s]+$")]
Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Conditions = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class SaisieTarif(BaseModel):
    """The usual rates, euros HT: an hour, a trip."""

    taux_horaire_ht: Montant
    deplacement_ht: Montant
    conditions: Conditions = ""


class VueTarif(SaisieTarif):
    """The usual rates as stored."""

    model_config = ConfigDict(from_attributes=True)

    version: int


class SaisieAccord(BaseModel):
    """Tariffs to propose. Rates left out are the usual ones; the address left out is the client's."""

    tiers_id: UUID
    taux_horaire_ht: Montant | None = None
    deplacement_ht: Montant | None = None
    conditions: Conditions | None = None
    destinataire: Courriel | None = None
    equipement_id: UUID | None = None


class SaisieReponse(BaseModel):
    """Who answers, and from where: what is kept as a proof."""

    nom: Nom
    motif: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    adresse_ip: Annotated[str, StringConstraints(max_length=60)] = ""
    appareil: Annotated[str, StringConstraints(max_length=300)] = ""


class VueAccord(BaseModel):
    """A tariff agreement as staff see it; the link is never shown."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    tiers_id: UUID
    tiers_nom: str
    equipement_id: UUID | None
    etat: str
    taux_horaire_ht: Decimal
    deplacement_ht: Decimal
    conditions: str
    destinataire: str
    valable_jusqu_au: date
    envois: int
    envoye_le: datetime | None
    erreur: str
    repondu_le: datetime | None
    repondu_par: str
    motif_refus: str
    cree_le: datetime


class AccordPublic(BaseModel):
    """What the client reads behind the link."""

    numero: str
    etat: str
    societe: str
    telephone: str
    courriel: str
    client: str
    equipement: str
    taux_horaire_ht: Decimal
    deplacement_ht: Decimal
    conditions: str
    valable_jusqu_au: date
    est_expire: bool
    repondu_le: datetime | None
    repondu_par: str
