"""What the API takes and gives about transfers."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.inventory.historique.schemas import Quantite
from services.inventory.transfert.rules import EtatTransfert, Issue

Motif = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Recue = Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=14, decimal_places=3)]


class SaisieEnvoye(BaseModel):
    """What leaves: an object by its label or serial number, or a quantity of a product, the oldest first."""

    code: Code | None = None
    produit_id: UUID | None = None
    quantite: Quantite | None = None

    @model_validator(mode="after")
    def _un_choix(self) -> Self:
        """A code, or a product with its quantity."""
        if not self.code and (self.produit_id is None or self.quantite is None):
            raise ValueError("Précisez un code, ou un produit et sa quantité.")
        return self


class SaisieTransit(BaseModel):
    """Goods leaving a depot for another."""

    de_depot_id: UUID
    vers_depot_id: UUID
    motif: Motif = "Transfert entre dépôts"
    lignes: list[SaisieEnvoye] = Field(min_length=1, max_length=500)


class SaisieRecue(BaseModel):
    """What arrived of a line."""

    ligne_id: UUID
    recue: Recue


class SaisieReception(BaseModel):
    """What arrived; lines left out arrived whole."""

    lignes: list[SaisieRecue] = Field(default_factory=list, max_length=500)


class SaisieIssue(BaseModel):
    """What became of what was missing."""

    issue: Issue
    motif: Motif


class VueLigne(BaseModel):
    """A line as sent and as received."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    historique_id: UUID
    reference: str
    designation: str
    unite: str
    numero_serie: str | None
    quantite: Decimal
    recue: Decimal | None
    manquante: Decimal
    issue: Issue | None
    issue_motif: str


class EnTeteTransfert(BaseModel):
    """A transfer in a list."""

    id: UUID
    version: int
    numero: str
    etat: EtatTransfert
    de_depot_id: UUID
    de: str
    vers_depot_id: UUID
    vers: str
    motif: str
    envoye_par: str
    envoye_le: datetime
    recu_par: str | None
    recu_le: datetime | None


class VueTransfert(EnTeteTransfert):
    """The whole transfer."""

    lignes: list[VueLigne]
