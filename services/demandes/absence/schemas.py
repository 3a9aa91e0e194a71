"""What the API takes and gives about absences."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.demandes.absence.rules import Demi, MotifAbsence


class SaisieAbsence(BaseModel):
    """Somebody will not be there, from `du` to `au` included."""

    collaborateur_id: UUID
    du: date
    au: date
    demi: Demi = Demi.JOURNEE
    motif: MotifAbsence = MotifAbsence.CONGES


class VueAbsence(SaisieAbsence):
    """An absence as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int


class LigneAbsence(BaseModel):
    """An absence in the list, with the name of the person; `motif` for who may know it."""

    id: UUID
    version: int
    collaborateur_id: UUID
    du: date
    au: date
    demi: Demi
    motif: MotifAbsence | None
    nom: str
    motif_libelle: str
