"""Facts announced by purchasing: negotiations, orders, receptions."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.base import Cout, Fact, Part


class NegociationOuverte(Fact, type="purchasing.negociation_ouverte.v1", key="negociation_id"):
    """A price is being asked from a supplier for one or several projects."""

    negociation_id: UUID
    produit_id: UUID
    fournisseur_id: UUID
    quantite: Decimal
    prix_ht: Cout | None = None
    demande_ids: tuple[UUID, ...] = ()
    designation: str = ""
    fournisseur_nom: str = ""


class EnvoiFournisseurDemande(Fact, type="purchasing.envoi_fournisseur_demande.v1", key="fournisseur_id"):
    """Staff asked for a mail to a supplier (prices wanted, an order): work for purchasing itself."""

    fournisseur_id: UUID
    envoi_id: UUID


class PartDemande(Part):
    """The share of an order line wanted by one demande."""

    demande_id: UUID
    quantite: Decimal


class LigneCommandee(Part):
    """A line of an order; price per unit in euros."""

    ligne_id: UUID
    produit_id: UUID
    reference: str
    reference_fournisseur: str = ""
    designation: str
    quantite: Decimal
    prix_ht: Cout
    parts: tuple[PartDemande, ...] = ()


class CommandePassee(Fact, type="purchasing.commande_passee.v1", key="commande_id"):
    """An order was placed with a supplier."""

    commande_id: UUID
    numero: str
    numero_fournisseur: str = ""
    fournisseur_id: UUID
    fournisseur_nom: str
    agence_id: UUID | None = None
    livraison_prevue: date | None = None
    frais_ht: Cout = Decimal(0)
    total_ht: Cout
    lignes: tuple[LigneCommandee, ...]
    demande_ids: tuple[UUID, ...] = ()


class FichiersCommandeModifies(Fact, type="purchasing.fichiers_commande_modifies.v1", key="commande_id"):
    """A file was attached to an order, taken off or put back: who looks at them reads them again, or at its supplier's."""

    commande_id: UUID
    fournisseur_id: UUID


class BesoinsCommandes(Fact, type="purchasing.besoins_commandes.v1", key="demande_id"):
    """Everything a demande was missing is now on order."""

    demande_id: UUID


class LigneRecue(Part):
    """A received line. `cout_unitaire_ht` includes the share of fees (landed cost); `cout_ht` is that of the whole line.

    The costs of the lines of a reception sum to its total, to the cent. `natures_stock`: those of the projects it was
    ordered for; none: the main nature. `prix_commande_ht` is the price ordered, None for what nobody ordered;
    `est_hors_tolerance`: more of it came than the tolerance of its supplier allows, and somebody accepted it.
    """

    ligne_id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    numeros_serie: tuple[str, ...] = ()
    prix_ht: Cout
    cout_unitaire_ht: Cout
    cout_ht: Cout | None = None
    commande_id: UUID | None = None
    commande_numero: str | None = None
    commande_le: datetime | None = None
    commande_par: str = ""
    negociee_le: datetime | None = None
    remplace_produit_id: UUID | None = None
    remplace_reference: str = ""
    natures_stock: tuple[str, ...] = ()
    prix_commande_ht: Cout | None = None
    est_hors_tolerance: bool = False
    reference_fournisseur: str = ""


class ToleranceAchat(Part):
    """How far from its orders a supplier may bill, in percent of the quantity received and of the price ordered."""

    quantite_pct: Decimal = Decimal(0)
    prix_pct: Decimal = Decimal(0)


class FichierJoint(Part):
    """A file of the common storage: where its bytes are, its name and its kind."""

    sha256: str
    nom: str
    type: str


class ReceptionValidee(Fact, type="purchasing.reception_validee.v1", key="reception_id"):
    """Goods were checked in; inventory makes the objects, billing the affaire fournisseur."""

    reception_id: UUID
    numero: str
    fournisseur_id: UUID
    fournisseur_nom: str
    agence_id: UUID
    facture_fournisseur: str = ""
    date_facture: date | None = None
    facture_jointe: FichierJoint | None = None
    bon_livraison: str = ""
    frais_ht: Cout = Decimal(0)
    total_ht: Cout
    recu_le: datetime
    lignes: tuple[LigneRecue, ...]
    commande_ids: tuple[UUID, ...] = ()
    demande_ids: tuple[UUID, ...] = ()
    tolerance: ToleranceAchat = ToleranceAchat()


class CommandeSoumise(Fact, type="purchasing.commande_soumise.v1", key="commande_id"):
    """An order is above what its author places alone; whoever may approve it is told. No amount: few may see costs."""

    commande_id: UUID
    numero: str
    fournisseur_nom: str
    demandeur_id: UUID | None = None


class CommandeDecidee(Fact, type="purchasing.commande_decidee.v1", key="commande_id"):
    """An order that waited for an approval was approved or refused; its author is told."""

    commande_id: UUID
    numero: str
    est_accordee: bool
    motif_refus: str = ""
    decidee_par: str
    demandeur_id: UUID | None = None


class CommandeCloturee(Fact, type="purchasing.commande_cloturee.v1", key="commande_id"):
    """Everything ordered was received, or the rest was given up."""

    commande_id: UUID
    numero: str
