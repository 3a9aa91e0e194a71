"""What the API takes and gives of bank details."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]


class SaisieRib(BaseModel):
    """An account as typed; without holder it is the tiers'."""

    titulaire: Annotated[str, StringConstraints(strip_whitespace=True, max_length=140)] = ""
    iban: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    bic: Court = ""


class VueRib(BaseModel):
    """An account; `aussi_chez` names other contacts that say it is theirs."""

    id: UUID
    version: int
    titulaire: str
    iban: str
    bic: str
    aussi_chez: list[str]
