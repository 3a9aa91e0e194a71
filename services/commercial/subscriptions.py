"""Every fact commercial reacts to."""

from services.commercial.base import Base
from services.commercial.catalogue_fournisseur import use_cases as fournisseurs
from services.commercial.catalogue_fournisseur.jobs import importation as catalogues
from services.commercial.catalogue_fournisseur.models import ProfilCatalogue, ReferenceFournisseur
from services.commercial.copies import use_cases as copies
from services.commercial.copies.models import (
    CopieCollaborateur,
    CopieEncours,
    CopieNature,
    CopiePersonne,
    CopieProduit,
    CopieSociete,
    CopieStock,
    CopieTiers,
)
from services.commercial.envoi import jobs as envois
from services.commercial.envoi import use_cases as retours
from services.commercial.etude import use_cases as etudes
from services.commercial.relance import jobs as relances
from services.commercial.signature import jobs as signatures
from shared.bus.subscriptions import Subscriptions
from shared.contracts.commercial import (
    AffaireModifiee,
    EnvoiDevisDemande,
    ImportCatalogueDemande,
    RelanceDevisDemandee,
    ReponseClientRecue,
)
from shared.contracts.contacts import (
    CollaborateurModifie,
    EncoursModifie,
    SocieteModifiee,
    TiersCree,
    TiersFusionne,
    TiersModifie,
)
from shared.contracts.demandes import CourrielNonRemis, DemandeCreee, DemandeModifiee
from shared.contracts.gateway import CompteModifie
from shared.contracts.inventory import NatureStockModifiee, ProduitModifie, StockChange
from shared.database import fusion
from shared.database.database import Database
from shared.database.rows import Values
from shared.database.transaction import Transaction

subscriptions = Subscriptions("commercial")


@subscriptions.copies(CopieTiers, TiersCree, TiersModifie)
def copier_tiers(fait: TiersCree | TiersModifie) -> Values:
    """Names, addresses and roles for quotes and affaires."""
    return copies.tiers(fait)


@subscriptions.copies(CopieEncours, EncoursModifie)
def copier_encours(fait: EncoursModifie) -> Values:
    """What a client owes, which a new devis adds to."""
    return copies.encours(fait)


@subscriptions.copies(CopieProduit, ProduitModifie)
def copier_produit(fait: ProduitModifie) -> Values:
    """What hidden products and shelves are made of."""
    return copies.produit(fait)


@subscriptions.copies(CopieStock, StockChange)
def copier_stock(fait: StockChange) -> Values:
    """What is available, beside each product."""
    return copies.stock(fait)


@subscriptions.copies(CopieNature, NatureStockModifiee)
def copier_nature(fait: NatureStockModifiee) -> Values:
    """An affaire starts from the main nature of stock."""
    return copies.nature(fait)


@subscriptions.copies(CopieSociete, SocieteModifiee)
def copier_societe(fait: SocieteModifiee) -> Values:
    """Who we are on paper, and how margins are typed."""
    return copies.societe(fait)


@subscriptions.copies(CopieCollaborateur, CollaborateurModifie)
def copier_collaborateur(fait: CollaborateurModifie) -> Values:
    """Who is in charge of an etude."""
    return copies.collaborateur(fait)


@subscriptions.copies(CopiePersonne, CompteModifie)
def copier_personne(fait: CompteModifie) -> Values:
    """Whose limits of discount and margin are those of their roles."""
    return copies.personne(fait)


@subscriptions.on(DemandeCreee)
async def copier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """What an etude starts from."""
    await copies.copier_demande(tx, fait)


@subscriptions.on(DemandeModifiee)
async def corriger_demande(tx: Transaction, fait: DemandeModifiee) -> None:
    """Its object or person in charge changed."""
    await copies.corriger_demande(tx, fait)


@subscriptions.on(CourrielNonRemis)
async def constater_retour(tx: Transaction, fait: CourrielNonRemis) -> None:
    """A devis came back from the mail server of somebody."""
    await retours.constater_retour(tx, fait)


@subscriptions.on(AffaireModifiee)
async def readresser(tx: Transaction, fait: AffaireModifiee) -> None:
    """The papers of an affaire go elsewhere: so do its drafts."""
    await etudes.adresser(tx, fait)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one tiers: everything follows the one kept."""
    await fournisseurs.fusionner(tx, fait.tiers_id, fait.absorbe_id)
    await copies.fusionner_fournisseur(tx, fait.tiers_id, fait.absorbe_id)
    siennes = (ReferenceFournisseur.__tablename__, ProfilCatalogue.__tablename__)
    await fusion.rattacher(tx, Base.metadata, fait, sauf=siennes)


@subscriptions.job(EnvoiDevisDemande)
async def envoyer_devis(db: Database, fait: EnvoiDevisDemande) -> None:
    """Print, keep and mail the devis."""
    await envois.executer(db, fait)


@subscriptions.job(ReponseClientRecue)
async def traiter_reponse(db: Database, fait: ReponseClientRecue) -> None:
    """Seal what the client signed, tell the salesman."""
    await signatures.executer(db, fait)


@subscriptions.job(RelanceDevisDemandee)
async def relancer(db: Database, fait: RelanceDevisDemandee) -> None:
    """Remind the client by mail."""
    await relances.executer(db, fait)


@subscriptions.job(ImportCatalogueDemande)
async def importer_catalogue(db: Database, fait: ImportCatalogueDemande) -> None:
    """Read the file of a supplier."""
    await catalogues.executer(db, fait)
