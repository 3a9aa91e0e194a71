"""What the API gives of attached files."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class VueFichier(BaseModel):
    """An edition of a file; `taille` in bytes, `rang` its number among those of its name."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    type: str
    taille: int
    rang: int
    depose_par: str
    depose_par_id: UUID | None
    cree_le: datetime
    retire_le: datetime | None
    retire_par: str


class FichierDetaille(VueFichier):
    """A file with the editions that hold its place, itself included, the latest first."""

    editions: list[VueFichier]


class FichierDuTiers(VueFichier):
    """A file of an object of a tiers, with what that object is called."""

    proprietaire_id: UUID
    proprietaire_numero: str
    proprietaire_objet: str


class FichierEfface(BaseModel):
    """What an erased file leaves: the hashes of its bytes, for whoever removes those nothing else names."""

    empreintes: list[str]
