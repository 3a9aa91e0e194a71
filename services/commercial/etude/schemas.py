"""What the API takes and gives about etudes."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from services.commercial.proposition.rules.statuts import Statut
from services.commercial.proposition.schemas.vues import LigneProposition
from shared.kernel.money import ZERO

Objet = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
EtatEtude = Literal["en_cours", "gagnee", "perdue"]


class SaisieEtude(BaseModel):
    """An etude for a demande; its object and affaire are the demande's unless given."""

    demande_id: UUID
    objet: Objet | None = None
    affaire_id: UUID | None = None
    commercial_id: UUID | None = None


class SaisieLieu(BaseModel):
    """Where the sale is concluded."""

    est_hors_etablissement: bool


class RetoucheEtude(BaseModel):
    """What staff may change afterwards."""

    objet: Objet
    commercial_id: UUID | None = None
    notes: Annotated[str, StringConstraints(max_length=5000)] = ""


class SaisieNouvelle(BaseModel):
    """A proposition to add to an etude."""

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class Resume(BaseModel):
    """A proposition in the list of etudes."""

    id: UUID
    lettre: str
    libelle: str
    numero: str
    statut: Statut
    total_ht: Decimal


class LigneEtude(BaseModel):
    """A row of the list of etudes; `etat` says how it stands, `montant_ht` what is signed, else the dearest still open."""

    id: UUID
    numero: str
    objet: str
    demande_id: UUID
    demande_numero: str
    tiers_id: UUID
    tiers_nom: str
    commercial_id: UUID | None
    cree_le: datetime
    etat: EtatEtude
    propositions: list[Resume]
    montant_ht: Decimal = ZERO


class VueEtude(BaseModel):
    """A whole etude, its propositions side by side."""

    id: UUID
    version: int
    numero: str
    objet: str
    demande_id: UUID
    demande_numero: str
    tiers_id: UUID
    tiers_nom: str
    affaire_id: UUID | None
    agence_id: UUID | None
    commercial_id: UUID | None
    commercial_nom: str | None
    notes: str
    cree_le: datetime
    modifie_le: datetime
    propositions: list[LigneProposition]
