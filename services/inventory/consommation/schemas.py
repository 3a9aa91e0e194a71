"""What the API takes and gives about parts used."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from services.inventory.historique.schemas import Quantite

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class SaisieConsommation(BaseModel):
    """What was used: an object by its label or serial number, or a quantity of a product taken where it is said.

    Without place: the depot of the agency of whoever uses it. `est_facturable`: the client pays for it.
    """

    code: Code | None = None
    produit_id: UUID | None = None
    quantite: Quantite = Decimal(1)
    depot_id: UUID | None = None
    emplacement_id: UUID | None = None
    est_facturable: bool = True

    @model_validator(mode="after")
    def _un_choix(self) -> Self:
        """A code, or a product."""
        if (self.code is None) == (self.produit_id is None):
            raise ValueError("Scannez l’objet, ou choisissez un produit et sa quantité.")
        return self


class VueConsommation(BaseModel):
    """A part used, as people read it; `prix_a_fixer` when nobody has said what the client pays for it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    demande_id: UUID
    historique_id: UUID
    reference: str
    designation: str
    unite: str
    numero_serie: str | None
    quantite: Decimal
    est_facturable: bool
    prix_a_fixer: bool
    de_libelle: str
    consommee_par: str
    consommee_le: datetime
    annulee_par: str | None
    annulee_le: datetime | None
