"""What the buyer's screens show. Prices in euros HT, null without « couts.voir »."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.purchasing.commande.schemas import LigneListeCommande
from services.purchasing.copies.schemas import VuePrix, VueQuantite
from services.purchasing.negociation.schemas import VueNegociation

EtatBesoin = Literal["a_acheter", "en_negociation", "en_commande", "en_stock"]


class StockAgence(BaseModel):
    """The balance of a product in an agency, in one nature of stock."""

    agence_id: UUID
    agence_nom: str
    nature: str
    nature_libelle: str
    est_principale: bool
    physique: VueQuantite
    reserve: VueQuantite
    disponible: VueQuantite


class BesoinProjet(BaseModel):
    """What a signed project wants of a product. servi = present + reserve; manquant = stock + en_commande + net.

    `stock` is its share of what is available and reserved by nobody. `nature_a_part` names the nature of stock that
    serves it, when that is not the main one.
    """

    id: UUID
    feuille_id: UUID
    feuille_numero: str
    demande_id: UUID
    devis_numero: str
    tiers_nom: str
    objet: str
    agence_id: UUID | None
    priorite: int
    depuis: datetime
    note: str
    quantite: VueQuantite
    servi: VueQuantite
    present: VueQuantite
    reserve: VueQuantite
    manquant: VueQuantite
    stock: VueQuantite
    en_commande: VueQuantite
    net: VueQuantite
    livraison_prevue: date | None
    est_demandee: bool
    nature_a_part: str = ""


class BesoinIncertain(BaseModel):
    """What an unsigned proposition would want: shown greyed, never in the totals."""

    proposition_id: UUID
    demande_id: UUID
    numero: str
    tiers_nom: str
    objet: str
    quantite: VueQuantite


class FournisseurPropose(BaseModel):
    """A supplier that sells the product."""

    fournisseur_id: UUID
    nom: str
    reference: str
    prix_ht: VuePrix | None


class BesoinStock(BaseModel):
    """What the rule of a depot asks for: manquant = en_commande + net."""

    regle_id: UUID
    agence_id: UUID
    agence_nom: str
    mini: VueQuantite
    maxi: VueQuantite
    disponible: VueQuantite
    en_commande: VueQuantite
    net: VueQuantite


class GroupeBesoin(BaseModel):
    """A product wanted: totals over every signed project and depot with a rule, stock, orders, who else wants it."""

    produit_id: UUID
    reference: str
    designation: str
    unite: str
    etat: EtatBesoin
    quantite: VueQuantite
    present: VueQuantite
    reserve: VueQuantite
    manquant: VueQuantite
    en_commande: VueQuantite
    net: VueQuantite
    net_demande: VueQuantite
    disponible: VueQuantite
    livraison_prevue: date | None
    prix_achat_ht: VuePrix | None
    stocks: list[StockAgence]
    besoins: list[BesoinProjet]
    besoins_stock: list[BesoinStock]
    pressentis: list[BesoinIncertain]
    negociations: list[VueNegociation]
    fournisseurs: list[FournisseurPropose]


class BesoinNet(BaseModel):
    """What an affaire still has to find of an article. net = requis - present - stock - reserve - en_commande, as the list
    of needs says it: `stock` is the share of what is available that goes to it by priority.
    """

    produit_id: UUID
    reference: str
    designation: str
    requis: VueQuantite
    present: VueQuantite
    stock: VueQuantite
    reserve: VueQuantite
    en_commande: VueQuantite
    net: VueQuantite


class ListeBesoins(BaseModel):
    """A page of products. For one demande, `aucun_achat` says that everything it wants is in stock."""

    elements: list[GroupeBesoin]
    curseur_suivant: str | None = None
    aucun_achat: bool = False


class LigneFournisseur(BaseModel):
    """A supplier in a choice or in the list of suppliers being worked with."""

    model_config = ConfigDict(from_attributes=True)

    tiers_id: UUID
    code: str
    nom: str
    telephone: str | None
    email: str | None


class AchatsFournisseur(BaseModel):
    """The purchasing tab of a supplier (CT-10): orders in progress and pending negociations."""

    tiers_id: UUID
    nom: str
    code: str
    telephone: str | None
    email: str | None
    commandes: list[LigneListeCommande]
    negociations: list[VueNegociation]


class LigneProduit(BaseModel):
    """A product in a choice."""

    model_config = ConfigDict(from_attributes=True)

    produit_id: UUID
    reference: str
    designation: str
    unite: str


class VueAgence(BaseModel):
    """An agency in a choice."""

    model_config = ConfigDict(from_attributes=True)

    agence_id: UUID
    code: str
    nom: str
