"""What the API takes about an exchange."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class SaisieEchange(BaseModel):
    """What takes the place of the object (its label or serial number), and what becomes of the old one.

    `depot_id` is where the old one comes back (the agency of whoever exchanges, unless said); `code_etiquette` the label
    stuck on the new one; `demande_id` the SAV it is done for.
    """

    code: Code
    devenir: Literal["stock", "fournisseur", "rebut"]
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
    depot_id: UUID | None = None
    code_etiquette: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    numero_rma: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""
    demande_id: UUID | None = None
