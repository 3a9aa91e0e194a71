"""What the API takes and gives about how devis look."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Base64Bytes, BaseModel, Field, StringConstraints

from services.commercial.presentation.rules import COULEUR, Colonne

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]


class Textes(BaseModel):
    """What is written and chosen. Texts may hold {client}, {date}, {validite}, {objet}, {numero}, {commercial}."""

    couleur: Annotated[str, StringConstraints(pattern=rf"{COULEUR}|^$")] = ""
    entete: Court = ""
    pied: Court = ""
    mentions: Texte = ""
    conditions: Texte = ""
    sans: list[Colonne] = Field(default_factory=list, max_length=len(Colonne))


class SaisiePresentation(Textes):
    """A new version. `logo`: a new image, null to keep the one before; `sans_logo`, `sans_cgv`: take them away.

    `cgv_sha256` names a PDF laid by `PUT /presentations/cgv`; null keeps the one before.
    """

    agence_id: UUID | None = None
    logo: Annotated[Base64Bytes, Field(max_length=700_000)] | None = None
    sans_logo: bool = False
    cgv_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    cgv_nom: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    sans_cgv: bool = False


class VuePresentation(Textes):
    """The last version: `rang` is to be sent back as If-Match, 0 while there is none."""

    agence_id: UUID | None
    rang: int = 0
    a_logo: bool = False
    cgv_nom: str = ""
    cree_le: datetime | None = None
    cree_par: str = ""


class VueCgv(BaseModel):
    """A PDF of general conditions, laid and not used yet."""

    sha256: str
    nom: str
