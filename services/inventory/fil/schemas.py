"""What the API gives of a fil de vie."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Evenement(BaseModel):
    """One event; `lien` is the page of the document it is about, `montant_ht` None without `couts.voir`.

    `est_du_remplace`: it happened to the object this one replaces.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    le: datetime
    source: str
    type: str
    titre: str
    detail: str
    lien: str | None
    montant_ht: Decimal | None
    par_nom: str
    est_du_remplace: bool = False
