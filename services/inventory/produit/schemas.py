"""What the API takes and gives about products. Costs are None for whoever lacks `couts.voir`, sale prices for whoever neither sells, bills nor prices."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.inventory.type_produit.schemas import SaisieAction

Prix = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SaisieFournisseur(BaseModel):
    """A supplier's own reference and price."""

    model_config = ConfigDict(from_attributes=True)

    fournisseur_id: UUID
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    prix_ht: Prix | None = None


class Caracteristique(BaseModel):
    """A technical datum of a product: « Alimentation : PoE 802.3af »."""

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    valeur: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


class SaisieComposant(BaseModel):
    """A part of a kit, in the quantity one kit holds."""

    produit_id: UUID
    quantite: Annotated[Decimal, Field(gt=0, lt=100_000, max_digits=8, decimal_places=3)] = Decimal(1)


class VueComposant(SaisieComposant):
    """A part, named."""

    reference: str
    designation: str
    unite: str


class VueDocument(BaseModel):
    """A file about the product."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    type: str
    taille: int
    ajoute_le: datetime
    ajoute_par: str


class SaisieProduit(BaseModel):
    """A product as staff define it. `actions`: workshop operations of its own, beside those of its type.

    `composants` make it a kit; without a selling price, it sells at that of its parts.
    """

    reference: Reference
    designation: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    description: Annotated[str, StringConstraints(max_length=5000)] = ""
    famille: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    unite: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12)] = "u"
    nature: Literal["bien", "service"] = "bien"
    est_stockable: bool = True
    politique_serie: Literal["aucune", "facultative", "obligatoire"] = "aucune"
    type_id: UUID | None = None
    ean: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{8,14}$")] | None = None
    prix_achat_ht: Prix = Decimal(0)
    prix_vente_ht: Prix | None = None
    taux_tva: Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)] = Decimal(20)
    deee_ht: Prix = Decimal(0)
    copie_privee_ht: Prix = Decimal(0)
    maintenance_requise: bool = False
    etiquette_requise: bool = False
    garantie_mois: Annotated[int, Field(ge=0, le=240)] = 0
    est_visible_parc: bool | None = None
    actions: list[SaisieAction] = Field(default_factory=list, max_length=20)
    caracteristiques: list[Caracteristique] = Field(default_factory=list, max_length=60)
    est_actif: bool = True
    fournisseurs: list[SaisieFournisseur] = Field(default_factory=list, max_length=20)
    composants: list[SaisieComposant] = Field(default_factory=list, max_length=60)

    @model_validator(mode="after")
    def _sans_stock(self) -> Self:
        """Neither a service nor a kit is kept in stock."""
        if self.nature == "service" or self.composants:
            self.est_stockable = False
        return self


class VueFournisseur(SaisieFournisseur):
    """A supplier's reference, with the name of the supplier when we know it."""

    fournisseur_nom: str | None = None


class VueProduit(BaseModel):
    """The whole definition of a product."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    reference: str
    designation: str
    description: str
    famille: str
    unite: str
    nature: str
    est_stockable: bool
    politique_serie: str
    type_id: UUID | None
    type_code: str | None = None
    type_libelle: str | None = None
    type_icone: str | None = None
    ean: str | None
    prix_achat_ht: Decimal | None
    prix_vente_ht: Decimal | None
    taux_tva: Decimal
    deee_ht: Decimal
    copie_privee_ht: Decimal
    maintenance_requise: bool
    etiquette_requise: bool
    garantie_mois: int
    est_visible_parc: bool | None
    entre_au_parc: bool
    est_unitaire: bool
    actions: list[SaisieAction]
    caracteristiques: list[Caracteristique]
    est_actif: bool
    cree_le: datetime
    modifie_le: datetime
    fournisseurs: list[VueFournisseur]
    documents: list[VueDocument] = []
    composants: list[VueComposant] = []


class LigneProduit(BaseModel):
    """A row of the catalogue, with what is in stock everywhere."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reference: str
    designation: str
    famille: str
    unite: str
    nature: str
    est_stockable: bool
    type_libelle: str | None
    type_icone: str | None
    prix_achat_ht: Decimal | None
    prix_vente_ht: Decimal | None
    est_actif: bool
    physique: Decimal
    disponible: Decimal


class Famille(BaseModel):
    """A family of products and how many it holds."""

    famille: str
    nombre: int
