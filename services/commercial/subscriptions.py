"""Every fact commercial reacts to."""

from services.commercial.copies import use_cases as copies
from services.commercial.envoi import jobs as envois
from shared.bus.subscriptions import Subscriptions
from shared.contracts.commercial import EnvoiDevisDemande
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee, DemandeModifiee
from shared.contracts.inventory import ProduitModifie, StockChange
from shared.database.database import Database
from shared.database.transaction import Transaction

subscriptions = Subscriptions("commercial")


@subscriptions.on(TiersCree, TiersModifie)
async def copier_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """Names, addresses and roles for quotes and affaires."""
    await copies.copier_tiers(tx, fait)


@subscriptions.on(ProduitModifie)
async def copier_produit(tx: Transaction, fait: ProduitModifie) -> None:
    """What hidden products and shelves are made of."""
    await copies.copier_produit(tx, fait)


@subscriptions.on(StockChange)
async def copier_stock(tx: Transaction, fait: StockChange) -> None:
    """What is available, beside each product."""
    await copies.copier_stock(tx, fait)


@subscriptions.on(SocieteModifiee)
async def copier_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Who we are on paper, and how margins are typed."""
    await copies.copier_societe(tx, fait)


@subscriptions.on(CollaborateurModifie)
async def copier_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> None:
    """Who is in charge of an etude."""
    await copies.copier_collaborateur(tx, fait)


@subscriptions.on(DemandeCreee)
async def copier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """What an etude starts from."""
    await copies.copier_demande(tx, fait)


@subscriptions.on(DemandeModifiee)
async def corriger_demande(tx: Transaction, fait: DemandeModifiee) -> None:
    """Its object or person in charge changed."""
    await copies.corriger_demande(tx, fait)


@subscriptions.job(EnvoiDevisDemande)
async def envoyer_devis(db: Database, fait: EnvoiDevisDemande) -> None:
    """Print, keep and mail the devis."""
    await envois.executer(db, fait)
