"""What the API takes and gives about product types."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.inventory.type_produit.rules import DemandePhoto, TypeChamp

Libelle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Cle = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class SaisieChamp(BaseModel):
    """A field of the configuration form; `commun` whether twins share its value, None as its nature says."""

    model_config = ConfigDict(from_attributes=True)

    cle: Cle
    libelle: Libelle
    type: TypeChamp = "texte"
    requis: bool = False
    secret: bool = False
    options: list[Libelle] = Field(default_factory=list, max_length=40)
    unite: Annotated[str, StringConstraints(max_length=12)] = ""
    aide: Annotated[str, StringConstraints(max_length=200)] = ""
    commun: bool | None = None


class SaisieAction(BaseModel):
    """A workshop operation to tick; `photo` whether it shows one, and cannot be ticked without when it is required."""

    model_config = ConfigDict(from_attributes=True)

    cle: Cle
    libelle: Libelle
    photo: DemandePhoto = "aucune"


class SaisieTypeProduit(BaseModel):
    """A product type as staff define it."""

    code: Annotated[
        str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[a-zA-Z][a-zA-Z0-9_-]{0,39}$")
    ]
    libelle: Libelle
    icone: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = "package"
    champs: list[SaisieChamp] = Field(default_factory=list, max_length=40)
    actions: list[SaisieAction] = Field(default_factory=list, max_length=20)
    etiquette_requise: bool = False
    est_visible_parc: bool = True
    est_actif: bool = True


class VueTypeProduit(SaisieTypeProduit):
    """A product type as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    nombre_produits: int = 0
