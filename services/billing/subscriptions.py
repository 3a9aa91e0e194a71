"""Every fact billing reacts to."""

from services.billing.affaire_client import use_cases as affaires_client
from services.billing.affaire_fournisseur import use_cases as affaires_fournisseur
from services.billing.copies import use_cases as copies
from services.billing.facture import jobs
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import EnvoiFactureDemande, FactureEmise
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import TempsSaisi
from shared.contracts.inventory import FeuilleValidee
from shared.contracts.maintenance import AccordTarifaireSigne, ContratModifie
from shared.contracts.purchasing import ReceptionValidee
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

subscriptions = Subscriptions("billing")


@subscriptions.on(TiersCree, TiersModifie)
async def noter_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """Invoices need names, addresses and sending preferences."""
    await copies.noter_tiers(tx, fait)


@subscriptions.on(SocieteModifiee)
async def noter_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Invoices carry our identity."""
    await copies.noter_societe(tx, fait)


@subscriptions.on(ContratModifie)
async def noter_contrat(tx: Transaction, fait: ContratModifie) -> None:
    """The schedule of recurring invoices follows the contract."""
    await copies.noter_contrat(tx, fait)


@subscriptions.on(AccordTarifaireSigne)
async def noter_accord(tx: Transaction, fait: AccordTarifaireSigne) -> None:
    """Interventions without contract are billed at these rates."""
    await copies.noter_accord(tx, fait)


@subscriptions.on(FeuilleValidee)
async def ouvrir_affaire_client(tx: Transaction, fait: FeuilleValidee) -> None:
    """Validated work becomes something to invoice."""
    await affaires_client.depuis_feuille(tx, fait)


@subscriptions.on(TempsSaisi)
async def facturer_temps(tx: Transaction, fait: TempsSaisi) -> None:
    """Time without contract becomes something to invoice."""
    await affaires_client.depuis_temps(tx, fait)


@subscriptions.on(ReceptionValidee)
async def ouvrir_affaire_fournisseur(tx: Transaction, fait: ReceptionValidee) -> None:
    """Received goods announce a supplier invoice."""
    await affaires_fournisseur.depuis_reception(tx, fait)


@subscriptions.job(FactureEmise)
async def produire_pdf(db: Database, fait: FactureEmise) -> None:
    """An issued invoice gets its PDF."""
    await jobs.produire_pdf(db, fait.facture_id)


@subscriptions.job(EnvoiFactureDemande)
async def envoyer_facture(db: Database, fait: EnvoiFactureDemande) -> None:
    """Mail the invoice."""
    await jobs.envoyer_par_courriel(db, fait.facture_id, fait.envoi_id, Actor.systeme("facturation"))
