"""What the API takes and gives about feuilles. Costs are None without `couts.voir`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from services.inventory.feuille.rules import StatutFeuille
from services.inventory.historique.rules import EtatHistorique, EtatPreparation
from services.inventory.historique.schemas import Cout, Quantite

Motif = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class SaisiePrelevement(BaseModel):
    """What to take from stock: an object (by id, label or serial), a product a column expects, or any product.

    Without `colonne_id` nor `attendu_id` the object goes to the column that expects it. Without `quantite`: what is
    still expected.
    """

    colonne_id: UUID | None = None
    attendu_id: UUID | None = None
    historique_id: UUID | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] | None = None
    produit_id: UUID | None = None
    quantite: Quantite | None = None

    @model_validator(mode="after")
    def _au_moins_un_choix(self) -> Self:
        """Something must be named."""
        if not (self.historique_id or self.code or self.produit_id or self.attendu_id):
            raise ValueError("Précisez l’objet, le produit attendu ou le produit à prélever.")
        return self


class SaisieRetrait(BaseModel):
    """What to take off the feuille: back to a depot (the feuille's own by default) or scrapped."""

    historique_id: UUID
    quantite: Quantite | None = None
    depot_id: UUID | None = None
    au_rebut: bool = False
    motif: Motif = ""


class SaisieRemplacement(BaseModel):
    """Which object takes the place of which."""

    historique_id: UUID
    par_historique_id: UUID
    depot_id: UUID | None = None
    au_rebut: bool = False


class SaisieAttendu(BaseModel):
    """How much of a product is really wanted; 0 gives it up."""

    quantite: Annotated[Decimal, Field(ge=0, le=1_000_000, max_digits=14, decimal_places=3)]


class SaisieSuivi(BaseModel):
    """What the workshop decides about a feuille; 0 is the most urgent."""

    priorite: Annotated[int, Field(ge=0, le=99)]
    livraison_souhaitee: date | None = None
    zone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""


class SaisieLivraison(BaseModel):
    """What leaves for the client: these objects, or all that have no bon de livraison yet; and who received them."""

    historique_ids: Annotated[list[UUID], Field(max_length=2000)] = []
    recu_par: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""


class SaisieValidation(BaseModel):
    """`malgre_ecarts` validates a feuille whose columns are not all green."""

    malgre_ecarts: bool = False


class SaisieReouverture(BaseModel):
    """Why a validated feuille is opened again."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=300)]


class VueAttendu(BaseModel):
    """A product a column expects. `quantite_devis` is what was signed."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    note: str
    est_stockable: bool
    quantite_devis: Decimal
    quantite: Decimal
    present: Decimal
    reserve: Decimal
    manquant: Decimal


class VueObjet(BaseModel):
    """An object on the feuille: its colour, its progress, where it comes from."""

    id: UUID
    version: int
    attendu_id: UUID | None
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    quantite: Decimal
    etat: EtatHistorique
    icone: str
    type_libelle: str | None
    numero_serie: str | None
    etiquette: str | None
    etiquette_requise: bool
    est_configurable: bool
    est_visible_parc: bool
    est_complement: bool
    est_livre: bool
    preparation: EtatPreparation
    etapes_faites: int
    etapes_total: int
    reception_id: UUID | None
    reception_numero: str | None
    facture_fournisseur: str | None
    cout_unitaire_ht: Cout | None


class VueColonne(BaseModel):
    """A signed line, what it expects and what is there."""

    id: UUID
    ligne_id: UUID
    position: int
    section: str
    designation: str
    description: str
    quantite: Decimal
    unite: str
    nature: str
    maintenance_souhaitee: bool
    est_verte: bool
    est_renoncee: bool = False
    attendus: list[VueAttendu]
    objets: list[VueObjet]


class EnTeteFeuille(BaseModel):
    """A feuille in a list."""

    id: UUID
    version: int
    numero: str
    etat: StatutFeuille
    devis_numero: str
    demande_id: UUID
    affaire_id: UUID | None
    tiers_id: UUID
    tiers_nom: str
    objet: str
    agence_id: UUID | None
    agence_nom: str | None
    nature: str
    priorite: int
    signee_le: datetime
    livraison_souhaitee: date | None
    zone: str
    nb_colonnes: int
    nb_vertes: int
    nb_objets: int
    nb_prets: int
    reste: Decimal


class VueLiberation(BaseModel):
    """Stock kept for the feuille that somebody gave back; `pour_feuille` and its `pour_tiers` are empty when nobody got it."""

    designation: str
    quantite: Decimal
    motif: str
    par: str
    pour_feuille: str
    cree_le: datetime
    pour_tiers: str = ""


class VueFeuille(EnTeteFeuille):
    """A whole feuille."""

    proposition_id: UUID
    depot_id: UUID | None
    tout_en_stock: bool
    cloturee_le: datetime | None
    cloturee_par: str | None
    validee_le: datetime | None
    validee_par: str | None
    rouverte_le: datetime | None
    rouverte_par: str | None
    rouverte_motif: str | None
    liberations: list[VueLiberation] = []
    colonnes: list[VueColonne]
