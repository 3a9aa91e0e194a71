"""What a page says of itself, and what it learns."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

DROITS = {"proposition": "devis.lire"}


class SignePresence(BaseModel):
    """A page open on `objet` (kind:identifier); `ecrit` when something was just typed, `est_parti` when it closes."""

    objet: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}:[0-9a-f-]{36}$")]
    page: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    ecrit: bool = False
    est_parti: bool = False

    @property
    def droit(self) -> str:
        """What one must hold to know who is there."""
        return DROITS.get(self.objet.partition(":")[0], "administration")


class Present(BaseModel):
    """Somebody else on the record."""

    nom: str
    ecrit: bool


class VuePresence(BaseModel):
    """Everybody else there."""

    presents: list[Present]
