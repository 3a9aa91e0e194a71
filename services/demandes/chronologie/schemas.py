"""What the API gives of the life of a demande."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class Moment(BaseModel):
    """Something that happened. `regle` and `parce_que` explain a move made by a rule.

    Of a file, `titre` says "joint" or "retire" and `numero` which edition it is, when it is not the first.
    """

    genre: Literal["passage", "fait", "note", "relance", "temps", "fichier", "creation"]
    id: UUID
    le: datetime
    par_nom: str
    titre: str
    texte: str
    de: str | None
    vers: str | None
    regle: str | None
    parce_que: str | None
    fait_type: str | None
    objet_type: str | None
    objet_id: UUID | None
    numero: str | None
    minutes: int | None


class MomentDuTiers(Moment):
    """Something said or done with a contact, and in which demande."""

    demande_id: UUID
    demande_numero: str
    demande_objet: str
