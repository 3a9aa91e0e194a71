"""What the API gives about the value of the stock; only for who sees costs. Amounts in euros HT, landed cost."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from services.inventory.historique.rules import Genre


class LigneValeur(BaseModel):
    """What one place held of a product. `valeur_ht` is rounded to the cent: the totals are the sums of these lines."""

    genre: Genre
    lieu: str
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    nature: str
    quantite: Decimal
    valeur_ht: Decimal


class ValeurLieu(BaseModel):
    """A depot, or what is ours outside depots: on feuilles not delivered yet, in transit."""

    genre: Genre
    depot_id: UUID | None
    lieu: str
    references: int
    valeur_ht: Decimal


class ValeurStock(BaseModel):
    """The stock at the end of a day, place by place, then line by line."""

    le: date
    total_ht: Decimal
    lieux: list[ValeurLieu]
    lignes: list[LigneValeur]
    curseur_suivant: str | None
