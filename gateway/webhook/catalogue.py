"""The facts programs may be told of, in the words of staff, and those that are only work between services. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts import (
    billing,
    commercial,
    contacts,
    demandes,
    gateway,
    inventory,
    inventory_cout,
    inventory_fichier,
    inventory_sav,
    maintenance,
)
from shared.contracts import purchasing as achats
from shared.contracts.base import Fact


@dataclass(frozen=True, slots=True)
class FaitPublic:
    """A fact an address may choose; `libelle` is what an administrator reads."""

    fait: type[Fact]
    libelle: str

    @property
    def type(self) -> str:
        """Its technical name, stable: "commercial.devis_valide.v1"."""
        return self.fait.type


@dataclass(frozen=True, slots=True)
class Famille:
    """The facts of one service. `droit` opens them; `genres` are the kinds of records whose reach may be narrowed."""

    cle: str
    libelle: str
    droit: str
    genres: tuple[str, ...]
    faits: tuple[FaitPublic, ...]


def _famille(cle: str, libelle: str, droit: str, genres: str, *faits: tuple[type[Fact], str]) -> Famille:
    return Famille(cle, libelle, droit, tuple(genres.split()), tuple(FaitPublic(*fait) for fait in faits))


FAMILLES = (
    _famille(
        *("contacts", "Contacts et société", "tiers.lire", "tiers"),
        (contacts.TiersCree, "Contact créé"),
        (contacts.TiersModifie, "Contact modifié"),
        (contacts.TiersFusionne, "Doublons réunis"),
        (contacts.ProspectConverti, "Prospect devenu client"),
        (contacts.NoteTiersAjoutee, "Note ajoutée à un contact"),
        (contacts.EncoursModifie, "Encours d’un client changé"),
        (contacts.CollaborateurModifie, "Collaborateur ajouté ou modifié"),
        (contacts.EquipeModifiee, "Équipe modifiée"),
        (contacts.SocieteModifiee, "Société ou agences modifiées"),
    ),
    _famille(
        *("demandes", "Demandes et planning", "demande.lire", "demande"),
        (demandes.DemandeCreee, "Demande ouverte"),
        (demandes.DemandeModifiee, "Demande modifiée"),
        (demandes.EtatChange, "Demande passée dans un autre état"),
        (demandes.NoteAjoutee, "Note ajoutée à une demande"),
        (demandes.SavOuvert, "SAV accepté"),
        (demandes.SavRefuse, "SAV refusé"),
        (demandes.InterventionPlanifiee, "Intervention planifiée ou déplacée"),
        (demandes.InterventionAnnulee, "Intervention annulée"),
        (demandes.InterventionDemarree, "Intervention commencée"),
        (demandes.InterventionTerminee, "Intervention terminée"),
        (demandes.TempsSaisi, "Temps saisi"),
        (demandes.TempsCorrige, "Temps corrigé"),
        (demandes.TempsRetire, "Temps retiré"),
    ),
    _famille(
        *("commercial", "Devis et affaires", "devis.lire", "devis affaire"),
        (commercial.EtudeCreee, "Étude ouverte"),
        (commercial.DevisEnvoye, "Devis envoyé au client"),
        (commercial.DevisValide, "Devis signé"),
        (commercial.DevisRefuse, "Devis refusé ou écarté"),
        (commercial.DevisNonRemis, "Devis revenu : adresse refusée"),
        (commercial.ApprobationDevisDemandee, "Approbation d’un devis demandée"),
        (commercial.ApprobationDevisDecidee, "Approbation d’un devis décidée"),
        (commercial.AffaireCreee, "Affaire ouverte"),
        (commercial.AffaireModifiee, "Affaire modifiée"),
    ),
    _famille(
        *("purchasing", "Achats", "achat.lire", ""),
        (achats.NegociationOuverte, "Négociation ouverte"),
        (achats.CommandeSoumise, "Commande soumise à approbation"),
        (achats.CommandeDecidee, "Commande approuvée ou refusée"),
        (achats.CommandePassee, "Commande passée"),
        (achats.BesoinsCommandes, "Besoins d’une demande tous commandés"),
        (achats.ReceptionValidee, "Réception validée"),
        (achats.CommandeCloturee, "Commande clôturée"),
    ),
    _famille(
        *("inventory", "Produits, stock et atelier", "feuille.lire", ""),
        (inventory.ProduitModifie, "Produit ajouté ou modifié"),
        (inventory.StockChange, "Stock d’un produit changé"),
        (inventory.NatureStockModifiee, "Nature de stock modifiée"),
        (inventory.FeuilleCreee, "Feuille de travail ouverte"),
        (inventory.FeuilleModifiee, "Feuille de travail modifiée"),
        (inventory.FeuilleApprovisionnee, "Feuille de travail approvisionnée"),
        (inventory.FeuillePrete, "Feuille de travail prête"),
        (inventory.PreparationCloturee, "Préparation clôturée"),
        (inventory.FeuilleValidee, "Feuille de travail validée"),
        (inventory.FeuilleRouverte, "Feuille de travail rouverte"),
        (inventory.LivraisonEffectuee, "Livraison effectuée"),
        (inventory.PvReceptionSigne, "PV de réception signé"),
        (inventory.HistoriqueMouvemente, "Objet déplacé"),
        (inventory.HistoriqueConfigure, "Objet configuré"),
        (inventory.ObjetPrepare, "Préparation d’un objet avancée"),
        (inventory.HistoriqueEtiquete, "Objet étiqueté"),
        (inventory.ObjetEchange, "Objet remplacé chez un client"),
        (inventory.RetourFournisseurOuvert, "Retour fournisseur ouvert"),
        (inventory.RetourFournisseurConclu, "Retour fournisseur conclu"),
        (inventory_cout.CoutsEtablis, "Coût d’objets établi par la facture du fournisseur"),
        (inventory_sav.ConsommationSaisie, "Pièce utilisée sur une demande"),
        (inventory_sav.ConsommationAnnulee, "Pièce reprise d’une demande"),
    ),
    _famille(
        *("billing", "Facturation", "facture.lire", "facture"),
        (billing.AffaireClientCreee, "Affaire client à facturer"),
        (billing.FactureEmise, "Facture ou avoir émis"),
        (billing.FactureEnvoyee, "Facture envoyée"),
        (billing.FacturePayee, "Règlement d’une facture"),
        (billing.AffaireFournisseurCreee, "Facture fournisseur attendue ou arrivée"),
        (billing.FactureFournisseurBloquee, "Facture fournisseur bloquée"),
        (billing.FactureFournisseurLiberee, "Facture fournisseur libérée"),
        (billing.ReceptionChiffree, "Facture fournisseur acceptée"),
        (billing.CampagneTerminee, "Facturation des contrats terminée"),
    ),
    _famille(
        *("maintenance", "Parc et contrats", "parc.lire", "contrat"),
        (maintenance.EquipementAjoute, "Équipement ajouté à un parc"),
        (maintenance.EquipementModifie, "Équipement d’un parc modifié"),
        (maintenance.ContratModifie, "Contrat créé ou modifié"),
        (maintenance.CouvertureModifiee, "Couverture d’un client changée"),
        (maintenance.VisiteDue, "Visite à planifier"),
        (maintenance.VisiteRealisee, "Visite réalisée"),
        (maintenance.AccordTarifaireSigne, "Accord tarifaire signé"),
        (maintenance.AccordTarifaireRefuse, "Accord tarifaire refusé"),
    ),
)

# Work a service asks of itself, or what only our screens look at: no program outside builds on it.
INTERNES = frozenset(
    {
        *(billing.EnvoiFactureDemande, commercial.EnvoiDevisDemande, commercial.ReponseClientRecue),
        *(commercial.RelanceDevisDemandee, commercial.ImportCatalogueDemande, commercial.ArticleRetenu),
        *(commercial.EnvoiDevisEchoue, commercial.BesoinsPressentis, contacts.ImportDemande),
        *(contacts.FichiersTiersModifies, demandes.FichiersModifies, demandes.AbonnesModifies),
        *(commercial.FichiersEtudeModifies, commercial.FichiersAffaireModifies, commercial.PropositionModifiee),
        *(achats.FichiersCommandeModifies, maintenance.FichiersContratModifies),
        *(billing.FichiersFactureModifies, billing.FichiersAchatModifies),
        *(demandes.CourrielNonRemis, gateway.CompteModifie, gateway.NotificationCreee, inventory.SerieSituee),
        *(inventory.FichierObjetJoint, inventory_fichier.FichiersFeuilleModifies),
        *(maintenance.EnvoiAccordDemande, achats.EnvoiFournisseurDemande),
    }
)

PUBLICS: dict[str, tuple[Famille, FaitPublic]] = {
    fait.type: (famille, fait) for famille in FAMILLES for fait in famille.faits
}
ESSAI = "amanela.essai.v1"


def faits() -> Iterator[type[Fact]]:
    """Every fact an address may choose."""
    return (fait.fait for _, fait in PUBLICS.values())


def libelle(type_: str) -> str:
    """The words of a fact; its technical name when it is no longer told."""
    if type_ == ESSAI:
        return "Essai"
    return PUBLICS[type_][1].libelle if type_ in PUBLICS else type_
