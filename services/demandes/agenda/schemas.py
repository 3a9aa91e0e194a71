"""What the API gives of an agenda address."""

from datetime import datetime

from pydantic import BaseModel


class VueAgenda(BaseModel):
    """Whether the person has an address, and since when."""

    cree_le: datetime | None


class AdresseAgenda(BaseModel):
    """The secret of a new address: shown once, not kept."""

    jeton: str
