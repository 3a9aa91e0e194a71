"""What the API gives of the objects of a demande."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class VueLien(BaseModel):
    """An object of another service. `montant` HT; null for purchases without the right to see costs."""

    model_config = ConfigDict(from_attributes=True)

    service: str
    objet_type: str
    objet_id: UUID
    numero: str | None
    libelle: str | None
    montant: Decimal | None
    etat: str
    etat_libelle: str
    cree_le: datetime
    le: datetime
