"""What the API gives of files."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class VueFichier(BaseModel):
    """A file as listed; `taille` in bytes."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    type: str
    taille: int
    depose_par: str
    depose_par_id: UUID | None
    cree_le: datetime
