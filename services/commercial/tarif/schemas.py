"""What the API takes and gives about tarifs."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.commercial.proposition.schemas.saisies import Quantite, Remise
from services.commercial.tarif.rules import Origine, Presentation

Seuil = Annotated[Decimal, Field(gt=0, lt=1_000_000, max_digits=9, decimal_places=3)]
PrixNet = Annotated[Decimal, Field(ge=0, lt=10_000_000, max_digits=11, decimal_places=4)]


class SaisieTarif(BaseModel):
    """Whose prices they are, and when they hold."""

    origine: Origine
    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    tiers_id: UUID | None = None
    affaire_id: UUID | None = None
    debut: date | None = None
    fin: date | None = None


class SaisiePrix(BaseModel):
    """A price from a quantity on; `prix_ht` or `remise`."""

    produit_id: UUID
    quantite_min: Seuil = Decimal(1)
    prix_ht: PrixNet | None = None
    remise: Remise | None = None


class VueTarif(BaseModel):
    """A tarif as lists show it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    origine: Origine
    libelle: str
    tiers_id: UUID | None
    tiers_nom: str
    affaire_id: UUID | None
    affaire_nom: str
    debut: date | None
    fin: date | None


class VuePrix(BaseModel):
    """A price of a tarif, beside the catalogue's."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite_min: Decimal
    prix_ht: Decimal | None
    remise: Decimal | None
    prix_net_ht: Decimal | None
    catalogue_ht: Decimal | None


class BilanPrix(BaseModel):
    """What a spreadsheet did, or would do."""

    est_essai: bool
    nb_lignes: int
    nb_prix: int
    erreurs: list[str]


class VueComposant(BaseModel):
    """A part of a kit, for the quantity asked."""

    designation: str
    quantite: Decimal
    unite: str


class VuePrixRetenu(BaseModel):
    """The price a proposition asks for a product, and why; `est_somme`: that of the parts of a kit, together."""

    prix_ht: Decimal | None
    origine: Origine
    libelle: str
    quantite_min: Decimal | None
    est_somme: bool = False
    composants: list[VueComposant] = []


class VuePrixARevoir(VuePrixRetenu):
    """The price a line may now take, its quantity being what it is."""

    ligne_id: UUID


class SaisieDepuisProduit(BaseModel):
    """A product to quote as a line, or a kit as the lines of its parts."""

    produit_id: UUID
    quantite: Annotated[Quantite, Field(gt=0)] = Decimal(1)
    presentation: Presentation = Presentation.LIGNE
