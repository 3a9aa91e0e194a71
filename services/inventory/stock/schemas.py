"""What the API gives about stock."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel


class StockAgence(BaseModel):
    """The balance of a product in one agency, in the main nature. disponible = physique - reserve.

    `autres` is what it holds in the other natures: second-hand, loan, van, quarantine...
    """

    depot_id: UUID
    agence_id: UUID
    agence_nom: str
    physique: Decimal
    reserve: Decimal
    disponible: Decimal
    autres: Decimal


class LigneStock(BaseModel):
    """A product and its balances, agency by agency. `valeur_ht`: what its objects in depots really cost, in every
    nature, as the value of the stock says; None without `couts.voir`.
    """

    produit_id: UUID
    reference: str
    designation: str
    famille: str
    unite: str
    physique: Decimal
    reserve: Decimal
    disponible: Decimal
    autres: Decimal
    valeur_ht: Decimal | None
    agences: list[StockAgence]
