"""What the API takes and gives about campagnes."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints


class NouvelleCampagne(BaseModel):
    """The month to bill, "2026-11"."""

    periode: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]


class VueLigneCampagne(BaseModel):
    """One period of one contract."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    contrat_id: UUID
    contrat_numero: str
    tiers_nom: str
    libelle_periode: str
    montant_ht: Decimal
    affaire_client_id: UUID | None
    facture_id: UUID | None
    facture_numero: str | None
    canal: str | None
    est_envoyee: bool
    erreur: str


class ResumeCampagne(BaseModel):
    """A month's run."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    periode: str
    etape: str


class VueCampagne(ResumeCampagne):
    """A month's run and its lines."""

    lignes: list[VueLigneCampagne]
