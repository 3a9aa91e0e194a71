"""What the API takes and gives about reorder rules."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.purchasing.copies.schemas import VueQuantite

Seuil = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=14, decimal_places=3)]


class SaisieRegle(BaseModel):
    """How much the depot of an agency keeps of a product."""

    produit_id: UUID
    agence_id: UUID
    mini: Seuil
    maxi: Seuil

    @model_validator(mode="after")
    def _maxi_au_moins_mini(self) -> Self:
        """Buying up to less than the minimum would buy again at once."""
        if self.maxi < self.mini:
            raise ValueError("Le maximum est au moins égal au minimum.")
        return self


class VueRegle(BaseModel):
    """A rule, what its depot has, what is on its way, what is still to buy. manque = en_commande + net."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    agence_id: UUID
    agence_nom: str
    mini: VueQuantite
    maxi: VueQuantite
    disponible: VueQuantite
    en_commande: VueQuantite
    net: VueQuantite
