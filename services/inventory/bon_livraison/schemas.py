"""What the API takes and gives about bons de livraison."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.inventory.piece.schemas import ResumePiece


class VueLigneLivree(BaseModel):
    """An object as it left; `rendue_le` when it came back."""

    model_config = ConfigDict(from_attributes=True)

    historique_id: UUID
    ligne_devis: str
    reference: str
    designation: str
    quantite: Decimal
    unite: str
    numero_serie: str | None
    etiquette: str | None
    rendue_le: datetime | None


class ResumeBon(ResumePiece):
    """A bon de livraison in a list."""

    livre_le: datetime
    livre_par: str
    recu_par: str


class VueBon(ResumeBon):
    """A whole bon de livraison."""

    lignes: list[VueLigneLivree]
