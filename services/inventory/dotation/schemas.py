"""What the API takes and gives about what places must carry."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.inventory.historique.schemas import Quantite

Seuil = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=14, decimal_places=3)]


class SaisieDotation(BaseModel):
    """How much of a product a place carries."""

    produit_id: UUID
    mini: Seuil
    cible: Seuil

    @model_validator(mode="after")
    def _cible_au_moins_mini(self) -> Self:
        """Refilling up to less than the minimum would refill again at once."""
        if self.cible < self.mini:
            raise ValueError("La quantité visée est au moins égale au minimum.")
        return self


class SaisiePris(BaseModel):
    """How much of a product is taken from the depot."""

    produit_id: UUID
    quantite: Quantite


class SaisiePlein(BaseModel):
    """What is put in the place, as proposed or as corrected."""

    lignes: list[SaisiePris] = Field(min_length=1, max_length=500)


class LigneDotation(BaseModel):
    """A product a place carries: what is there, what its depot has available, what refilling would take."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    mini: Decimal
    cible: Decimal
    present: Decimal
    disponible: Decimal
    a_prendre: Decimal
    manquant: Decimal


class VueVehicule(BaseModel):
    """A place that carries something by rule, and how many of its products are below their minimum."""

    emplacement_id: UUID
    code: str
    libelle: str
    depot_id: UUID
    depot_nom: str
    nature: str
    produits: int
    sous_le_mini: int


class VueDotation(BaseModel):
    """Everything a place must carry."""

    emplacement_id: UUID
    code: str
    libelle: str
    depot_id: UUID
    depot_nom: str
    lignes: list[LigneDotation]
