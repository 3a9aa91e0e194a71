"""What the API takes and gives about any paper of a feuille."""

from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True)
class FiltresPiece:
    """What papers may be listed by; None keeps them all."""

    feuille_id: UUID | None = None
    demande_id: UUID | None = None
    affaire_id: UUID | None = None
    tiers_id: UUID | None = None

    def donnes(self) -> dict[str, UUID]:
        """Those that were given."""
        return {nom: valeur for nom, valeur in asdict(self).items() if valeur is not None}


Filtres = Annotated[FiltresPiece, Depends()]


class ResumePiece(BaseModel):
    """A paper in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    numero: str
    feuille_id: UUID
    feuille_numero: str
    devis_numero: str
    demande_id: UUID
    affaire_id: UUID | None
    tiers_id: UUID
    tiers_nom: str
    objet: str
