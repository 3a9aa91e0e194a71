"""What the API takes and gives about shelves."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.commercial.copies.schemas import LigneProduit
from services.commercial.proposition.schemas.saisies import Quantite

Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class SaisieProduitRayon(BaseModel):
    """A product on a shelf and its default quantity."""

    produit_id: UUID
    quantite: Quantite = Decimal(1)


class SaisieRayon(BaseModel):
    """A whole shelf; `est_personnel`: only whoever makes it sees it."""

    nom: Nom
    icone: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = "package"
    rang: Annotated[int, Field(ge=0, le=999)] = 0
    est_personnel: bool = False
    produits: list[SaisieProduitRayon] = Field(default_factory=list, max_length=200)


class SaisieDepuisRayon(BaseModel):
    """Products to add: hidden under `ligne_id`, or each as a new line when it is absent."""

    produits: list[SaisieProduitRayon] = Field(min_length=1, max_length=50)
    ligne_id: UUID | None = None


class ProduitRange(LigneProduit):
    """A product as its shelf shows it."""

    quantite: Decimal


class VueRayon(BaseModel):
    """A shelf and its products."""

    id: UUID
    version: int
    nom: str
    icone: str
    rang: int
    est_personnel: bool
    produits: list[ProduitRange]
