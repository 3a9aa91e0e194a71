"""What the API takes and gives about returns. The amount of a credit is None without `couts.voir`."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.inventory.historique.schemas import Quantite, Serie
from services.inventory.retour.rules import Attente, EtatRetour

Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]


class SaisieRetour(BaseModel):
    """What goes back, by its id or its code, and what is expected. `fournisseur_nom` when the object knows none."""

    historique_id: UUID | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    quantite: Quantite | None = None
    attente: Attente
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
    numero_rma: Court = ""
    fournisseur_nom: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""

    @model_validator(mode="after")
    def _un_objet(self) -> Self:
        """An object must be named."""
        if self.historique_id is None and not self.code:
            raise ValueError("Précisez l’objet à retourner.")
        return self


class SaisieRemplacant(BaseModel):
    """The replacement: an object already received (`code`), or one that enters now with its serial number."""

    depot_id: UUID
    numero_serie: Serie | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


class SaisieAvoir(BaseModel):
    """The credit note of the supplier."""

    numero: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    montant_ht: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class SaisieRendu(BaseModel):
    """Where the same object comes back."""

    depot_id: UUID


class VueRetour(BaseModel):
    """A return and what came of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    historique_id: UUID
    produit_id: UUID
    reference: str
    designation: str
    numero_serie: str | None
    quantite: Decimal
    fournisseur_id: UUID | None
    fournisseur_nom: str
    tiers_id: UUID | None
    tiers_nom: str | None
    attente: Attente
    motif: str
    numero_rma: str
    etat: EtatRetour
    ouvert_par: str
    cree_le: datetime
    conclu_par: str | None
    conclu_le: datetime | None
    remplacant_id: UUID | None
    avoir_numero: str
    avoir_ht: Decimal | None
