"""What the API takes and gives about parcs and equipment."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.maintenance.parc.schemas import VueGroupe, VueLieu

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Nom = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Etiquette = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=60)]
Valeur = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Champ = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SaisieEquipement(BaseModel):
    """An object typed by hand. `lieu` is a path ("Bât B / 2e") and `groupe` a name, created when new."""

    tiers_id: UUID
    designation: Nom
    reference: Texte = ""
    type_code: Texte | None = None
    type_libelle: Texte | None = None
    numero_serie: Texte | None = None
    etiquette: Etiquette | None = None
    lieu: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    groupe: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    installe_le: date | None = None
    garantie_jusqu_au: date | None = None
    notes: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)] = ""
    est_tiers: bool = True
    valeurs: dict[Champ, Valeur] = Field(default_factory=dict, max_length=60)


class Rangement(BaseModel):
    """Where these objects go; a field left out does not change, an empty one takes them out."""

    tiers_id: UUID
    equipement_ids: list[UUID] = Field(min_length=1, max_length=500)
    lieu: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    groupe: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class SaisieValeur(BaseModel):
    """What a field is worth since a date (today when absent)."""

    champ: Champ
    valeur: Valeur
    le: date | None = None


class SaisieRetrait(BaseModel):
    """Why and when an object leaves the parc."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
    le: date | None = None


class ResumeEquipement(BaseModel):
    """A row of a parc."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    tiers_id: UUID
    tiers_nom: str
    designation: str
    reference: str
    type_code: str | None
    type_libelle: str | None
    numero_serie: str | None
    etiquette: str | None
    quantite: Decimal
    lieu: str
    groupe: str
    installe_le: date | None
    garantie_jusqu_au: date | None
    contrat_id: UUID | None
    contrat_numero: str | None
    est_tiers: bool
    est_retire: bool


class ValeurDatee(BaseModel):
    """One value of a field, when it became true and who said so."""

    model_config = ConfigDict(from_attributes=True)

    valeur: str
    le: date
    saisi_le: datetime
    par: str
    source: str


class SuiteValeurs(BaseModel):
    """A field: its present value and every value before, newest first."""

    champ: str
    libelle: str
    valeur: str
    le: date
    suite: list[ValeurDatee]


class VueEquipement(ResumeEquipement):
    """The whole file of an object, with the list of its values over time."""

    lieu_id: UUID | None
    groupe_id: UUID | None
    historique_id: UUID | None
    produit_id: UUID | None
    fournisseur_nom: str | None
    facture_fournisseur: str | None
    reception_numero: str | None
    feuille_id: UUID | None
    feuille_numero: str | None
    devis_numero: str | None
    demande_id: UUID | None
    affaire_id: UUID | None
    notes: str
    retire_le: date | None
    motif_retrait: str
    remplace_id: UUID | None
    remplace_par_id: UUID | None = None
    cree_le: datetime
    modifie_le: datetime
    valeurs: list[SuiteValeurs]


class ResumeParc(BaseModel):
    """A row of the parcs: what a client owns, in figures."""

    tiers_id: UUID
    nom: str
    equipements: int
    sous_contrat: int
    lieux: int


class TotauxParcs(BaseModel):
    """What the parcs of a filtered list add up to, in objects and places."""

    nombre: int
    equipements: int
    sous_contrat: int
    lieux: int


class BrancheLieu(VueLieu):
    """A place and how many objects stand in it, and in the places inside it."""

    equipements: int
    equipements_dedans: int


class BrancheGroupe(VueGroupe):
    """A group and how many objects it holds."""

    equipements: int


class VueParc(BaseModel):
    """The organisation of one client's parc."""

    tiers_id: UUID
    nom: str
    code: str | None
    equipements: int
    sous_contrat: int
    sans_lieu: int
    sans_groupe: int
    retires: int
    lieux: list[BrancheLieu]
    groupes: list[BrancheGroupe]
    types: list["CompteType"]


class CompteType(BaseModel):
    """A type of product and how many objects of it there are."""

    code: str
    libelle: str
    equipements: int
