"""What the API takes and gives about negociations. Prices in euros HT per unit, null without « couts.voir »."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.purchasing.copies.schemas import VueMontant, VuePrix, VueQuantite
from services.purchasing.negociation.rules import Avancement, EtatNegociation

QuantiteSaisie = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=3)]
PrixSaisi = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class SaisiePart(BaseModel):
    """The share of a need."""

    besoin_id: UUID
    quantite: QuantiteSaisie


class SaisieOffre(BaseModel):
    """A product asked to a supplier. `quantite` defaults to the sum of the shares; what exceeds them is for the stock."""

    produit_id: UUID
    quantite: QuantiteSaisie | None = None
    prix_ht: PrixSaisi | None = None
    delai_jours: Annotated[int, Field(ge=0, le=730)] | None = None
    reference_fournisseur: Court = ""
    note: Note = ""
    besoins: list[SaisiePart] = Field(default_factory=list, max_length=200)


class SaisieChez(BaseModel):
    """Who is asked, and how far it went."""

    fournisseur_id: UUID
    avancement: Avancement = Avancement.A_CONTACTER


class SaisieNegociation(SaisieChez, SaisieOffre):
    """A price asked."""


class SaisieNegociations(SaisieChez):
    """The prices of several products asked to one supplier at once."""

    offres: list[SaisieOffre] = Field(min_length=1, max_length=200)


class ModificationNegociation(BaseModel):
    """What changes while a price is being asked; fields left out stay as they are."""

    quantite: QuantiteSaisie | None = None
    prix_ht: PrixSaisi | None = None
    avancement: Avancement | None = None
    delai_jours: Annotated[int, Field(ge=0, le=730)] | None = None
    reference_fournisseur: Court | None = None
    note: Note | None = None
    besoins: list[SaisiePart] | None = Field(default=None, max_length=200)


class VuePart(BaseModel):
    """The share of a need as stored."""

    model_config = ConfigDict(from_attributes=True)

    besoin_id: UUID
    demande_id: UUID
    quantite: VueQuantite


class VueNegociation(BaseModel):
    """A negociation as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    fournisseur_id: UUID
    fournisseur_nom: str
    reference_fournisseur: str
    quantite: VueQuantite
    prix_ht: VuePrix | None
    prix_le: datetime | None
    prix_demande_le: datetime | None
    total_ht: VueMontant | None = None
    delai_jours: int | None
    avancement: Avancement
    note: str
    etat: EtatNegociation
    retenue_ailleurs_id: UUID | None
    retenue_ailleurs: str
    cree_le: datetime
    modifie_le: datetime
    parts: list[VuePart]
    est_moins_chere: bool = False
    est_plus_rapide: bool = False
    est_couverte: bool = False

    def sans_couts(self) -> "VueNegociation":
        """The same without what only buyers may see."""
        return self.model_copy(update={"prix_ht": None, "total_ht": None, "est_moins_chere": False})


class ProduitCompare(BaseModel):
    """A row of the comparison."""

    produit_id: UUID
    reference: str
    designation: str


class OffreComparee(BaseModel):
    """What one supplier offers for one product."""

    negociation_id: UUID
    produit_id: UUID
    quantite: VueQuantite
    prix_ht: VuePrix | None
    total_ht: VueMontant | None
    delai_jours: int | None


class FournisseurCompare(BaseModel):
    """A column of the comparison: its total and its slowest product."""

    fournisseur_id: UUID
    fournisseur_nom: str
    total_ht: VueMontant
    delai_jours: int | None
    est_complet: bool
    est_moins_cher: bool
    est_plus_rapide: bool
    offres: list[OffreComparee]


class Comparaison(BaseModel):
    """The open negociations of a demande side by side, the best supplier first."""

    produits: list[ProduitCompare]
    fournisseurs: list[FournisseurCompare]
