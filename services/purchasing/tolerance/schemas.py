"""What the API takes and gives about tolerances."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.purchasing.tolerance.rules import AuDela

Pourcent = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]


class SaisieTolerance(BaseModel):
    """How far from its orders a supplier may deliver and bill, in percent; `au_dela` says what becomes of a larger surplus."""

    quantite_pct: Pourcent = Decimal(0)
    prix_pct: Pourcent = Decimal(0)
    au_dela: AuDela = AuDela.ACCEPTER


class VueTolerance(SaisieTolerance):
    """The tolerance of a supplier, zero when nobody said any."""

    model_config = ConfigDict(from_attributes=True)
