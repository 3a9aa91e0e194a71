"""What the API takes and gives about orders. Amounts in euros HT, null without « couts.voir »."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.purchasing.commande.rules import EtatCommande
from services.purchasing.copies.schemas import VueMontant, VuePrix, VueQuantite

MontantSaisi = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Numero = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class SaisieCommande(BaseModel):
    """An order made of negociations of one supplier. `restantes` says what becomes of those not picked, `non_retenues_ids` which offers
    of other suppliers it makes useless."""

    fournisseur_id: UUID
    negociation_ids: list[UUID] = Field(min_length=1, max_length=300)
    numero_fournisseur: Numero = ""
    livraison_prevue: date | None = None
    frais_ht: MontantSaisi = Decimal(0)
    agence_id: UUID | None = None
    note: Note = ""
    restantes: Literal["conserver", "fermer"] = "conserver"
    fermer_ids: list[UUID] = Field(default_factory=list, max_length=300)
    non_retenues_ids: list[UUID] = Field(default_factory=list, max_length=300)


class ModificationCommande(BaseModel):
    """What the supplier confirms later; fields left out stay as they are."""

    numero_fournisseur: Numero | None = None
    livraison_prevue: date | None = None
    frais_ht: MontantSaisi | None = None
    agence_id: UUID | None = None
    note: Note | None = None


class SaisieRefus(BaseModel):
    """Why an order is refused."""

    motif: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]


class VuePartCommande(BaseModel):
    """The share of a project, with the name of the project when it is known, and the place where it is gathered."""

    model_config = ConfigDict(from_attributes=True)

    besoin_id: UUID
    demande_id: UUID
    quantite: VueQuantite
    quantite_recue: VueQuantite
    devis_numero: str = ""
    tiers_nom: str = ""
    objet: str = ""
    emplacement: str = ""


class VueLigneCommande(BaseModel):
    """A line as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    negociation_id: UUID | None
    produit_id: UUID
    reference: str
    reference_fournisseur: str
    designation: str
    unite: str
    quantite: VueQuantite
    quantite_recue: VueQuantite
    restante: VueQuantite
    prix_ht: VuePrix | None
    total_ht: VueMontant | None = None
    parts: list[VuePartCommande]


class LigneListeCommande(BaseModel):
    """A row of the list of orders."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    numero_fournisseur: str
    fournisseur_id: UUID
    fournisseur_nom: str
    agence_id: UUID | None
    livraison_prevue: date | None
    etat: EtatCommande
    cree_le: datetime
    total_ht: VueMontant | None
    est_en_retard: bool = False
    commandee: VueQuantite = Decimal(0)
    recue: VueQuantite = Decimal(0)


class VueCommande(BaseModel):
    """The whole order."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    numero_fournisseur: str
    fournisseur_id: UUID
    fournisseur_nom: str
    agence_id: UUID | None
    agence_nom: str = ""
    livraison_prevue: date | None
    frais_ht: VueMontant | None
    total_ht: VueMontant | None
    note: str
    etat: EtatCommande
    est_en_retard: bool = False
    passee_par: str
    envoyee_le: datetime | None
    limite_ht: VueMontant | None
    decidee_par: str | None
    decidee_le: datetime | None
    motif_refus: str
    cree_le: datetime
    modifie_le: datetime
    cloturee_le: datetime | None
    lignes: list[VueLigneCommande]
