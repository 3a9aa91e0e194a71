"""What the API takes and gives about objects. Costs are None without `couts.voir`; secrets are masked."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.inventory.historique.rules import EtatHistorique, EtatPreparation, Genre
from services.inventory.type_produit.rules import DemandePhoto

QUATRE_DECIMALES = Decimal("0.0001")
Quantite = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=14, decimal_places=3)]
Serie = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


Cout = Annotated[Decimal, AfterValidator(lambda cout: cout.quantize(QUATRE_DECIMALES, ROUND_HALF_UP))]


class SaisieEntree(BaseModel):
    """Goods counted by hand. `motif`: opening inventory, found again, correction..."""

    produit_id: UUID
    depot_id: UUID
    emplacement_id: UUID | None = None
    quantite: Quantite
    numeros_serie: list[Serie] = Field(default_factory=list, max_length=2000)
    cout_unitaire_ht: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)] | None = None
    facture_fournisseur: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    fournisseur_nom: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]

    @model_validator(mode="after")
    def _series_distinctes(self) -> Self:
        """A serial number names one unit."""
        if len({s.upper() for s in self.numeros_serie}) != len(self.numeros_serie):
            raise ValueError("Deux unités portent le même numéro de série.")
        return self


class SaisieTransfert(BaseModel):
    """Where to move an object; `quantite` None moves all of it."""

    depot_id: UUID
    emplacement_id: UUID | None = None
    quantite: Quantite | None = None
    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)] = "Transfert"


class VueValeur(BaseModel):
    """A field of the form and its value. A secret shows a mask, never its content."""

    cle: str
    libelle: str
    type: str
    requis: bool
    secret: bool
    options: list[str]
    unite: str
    aide: str
    valeur: Any = None
    est_remplie: bool = False
    par_nom: str | None = None
    le: datetime | None = None


class PhotoAction(BaseModel):
    """A photo of a workshop operation: a file of the object."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    nom: str
    type: str
    depose_par: str
    cree_le: datetime


class VueAction(BaseModel):
    """A workshop operation, ticked or not, with its photos, the first taken first."""

    cle: str
    libelle: str
    photo: DemandePhoto
    photos: list[PhotoAction]
    est_faite: bool
    par_nom: str | None = None
    le: datetime | None = None


class VueMouvement(BaseModel):
    """A movement as people read it."""

    quantite: Decimal
    de_genre: Genre
    de: str
    vers_genre: Genre
    vers: str
    motif: str
    par_nom: str
    le: datetime


class VueHistorique(BaseModel):
    """One object: what it is, where it is, where it comes from, what it needs, where it went."""

    id: UUID
    version: int
    produit_id: UUID
    reference: str
    designation: str
    unite: str
    type_id: UUID | None
    type_code: str | None
    type_libelle: str | None
    icone: str
    quantite: Decimal
    etat: EtatHistorique
    remplace_id: UUID | None
    remplace_par_id: UUID | None
    lieu: str
    depot_id: UUID | None
    emplacement: str | None
    nature: str
    numero_serie: str | None
    etiquette: str | None
    est_visible_parc: bool
    est_modifiable: bool
    feuille_id: UUID | None
    feuille_numero: str | None
    demande_id: UUID | None
    tiers_id: UUID | None
    tiers_nom: str | None
    reception_id: UUID | None
    reception_numero: str | None
    facture_fournisseur: str | None
    fournisseur_id: UUID | None
    fournisseur_nom: str | None
    remplace_reference: str
    cout_unitaire_ht: Cout | None
    recu_le: datetime
    garantie_jusqu_au: date | None
    garantie_mois: int
    est_unitaire: bool
    preparation: EtatPreparation
    etapes_faites: int
    etapes_total: int
    est_configurable: bool
    etiquette_requise: bool
    configuration: list[VueValeur]
    actions: list[VueAction]
    mouvements: list[VueMouvement]


class LigneHistorique(BaseModel):
    """A row of a list of objects."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    icone: str
    quantite: Decimal
    unite: str
    etat: EtatHistorique
    lieu: str
    depot_id: UUID | None
    numero_serie: str | None
    etiquette: str | None
    reception_id: UUID | None
    reception_numero: str | None
    facture_fournisseur: str | None
    tiers_id: UUID | None
    tiers_nom: str | None
    feuille_id: UUID | None
    feuille_numero: str | None
    est_pret: bool
    recu_le: datetime
    cout_unitaire_ht: Cout | None


class ObjetTrouve(LigneHistorique):
    """An object found from a code, and what matched: its label, its serial number or its supplier invoice."""

    trouve_par: str
