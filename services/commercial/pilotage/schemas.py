"""What the API gives about sales figures. Amounts in euros HT."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from services.commercial.proposition.rules.statuts import CausePerte


class Mois(BaseModel):
    """A month: what was signed in it, what is expected of it (`brut`: if all were signed, `pondere`: by chances)."""

    mois: date
    signe_ht: Decimal = Decimal(0)
    brut_ht: Decimal = Decimal(0)
    pondere_ht: Decimal = Decimal(0)
    envoyees: int = 0
    gagnees: int = 0


class Vendeur(BaseModel):
    """A salesman, or nobody (`commercial_id` null)."""

    commercial_id: UUID | None
    nom: str
    ouvertes: int = 0
    brut_ht: Decimal = Decimal(0)
    pondere_ht: Decimal = Decimal(0)
    envoyees: int = 0
    gagnees: int = 0
    perdues: int = 0
    signe_ht: Decimal = Decimal(0)
    conversion: Decimal | None = None
    delai_jours: Decimal | None = None


class Perte(BaseModel):
    """A cause of loss, null when nobody said it."""

    cause: CausePerte | None
    nombre: int
    montant_ht: Decimal


class Pilotage(BaseModel):
    """Everything of the page, for one salesman or for all."""

    debut: date
    mois: list[Mois]
    vendeurs: list[Vendeur]
    pertes: list[Perte]
    ensemble: Vendeur
