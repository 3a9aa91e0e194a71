"""What the API takes and gives about who waits for what."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

Tri = Literal["priorite", "-priorite", "delai", "-delai", "client", "-client", "article", "-article"]


class LigneAttente(BaseModel):
    """A product a feuille in progress waits for. `priorite` 0 is served first."""

    attendu_id: UUID
    feuille_id: UUID
    feuille_numero: str
    tiers_nom: str
    objet: str
    affaire_id: UUID | None
    affaire_code: str | None
    nature: str
    priorite: int
    livraison_souhaitee: date | None
    signee_le: datetime
    agence_nom: str | None
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    present: Decimal
    reserve: Decimal
    manquant: Decimal


class Passage(BaseModel):
    """What a run of reservations did: the feuilles it changed, then who has what, in the sequence of service."""

    feuilles_changees: int
    lignes: list[LigneAttente]


class StockPlace(BaseModel):
    """What one place holds of a product; no `emplacement_id` for what is kept outside any place."""

    produit_id: UUID
    reference: str
    designation: str
    unite: str
    depot_id: UUID
    depot_nom: str
    nature: str
    emplacement_id: UUID | None
    emplacement: str
    emplacement_libelle: str | None
    quantite: Decimal
    objets: int


class SaisieLiberation(BaseModel):
    """How much of what is kept is given back, and why. `pour_attendu_id` is the line of another feuille that gets it."""

    quantite: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=3)]
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=300)]
    pour_attendu_id: UUID | None = None
