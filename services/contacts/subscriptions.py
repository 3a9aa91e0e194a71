"""Every fact contacts reacts to."""

from services.contacts.dictionnaire import use_cases as dictionnaire
from services.contacts.echange import jobs as imports
from services.contacts.encours import use_cases as encours
from services.contacts.tiers import repository as tiers
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FacturePayee
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import ImportDemande, TiersCree, TiersModifie
from shared.database.database import Database
from shared.database.transaction import Transaction

subscriptions = Subscriptions("contacts")


@subscriptions.on(TiersCree, TiersModifie)
async def apprendre_mots(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """Words that searches forgive an error in."""
    await dictionnaire.apprendre(tx, await tiers.texte_cherche(tx, fait.tiers_id))


@subscriptions.on(DevisValide)
async def noter_devis(tx: Transaction, fait: DevisValide) -> None:
    """What is signed will be owed."""
    await encours.noter_devis(tx, fait)


@subscriptions.on(AffaireClientCreee)
async def noter_affaire(tx: Transaction, fait: AffaireClientCreee) -> None:
    """What is ready to invoice will be owed."""
    await encours.noter_affaire(tx, fait)


@subscriptions.on(FactureEmise)
async def augmenter_encours(tx: Transaction, fait: FactureEmise) -> None:
    """What is invoiced is owed (a credit note carries negative totals)."""
    await encours.noter_facture(tx, fait)


@subscriptions.on(FacturePayee)
async def diminuer_encours(tx: Transaction, fait: FacturePayee) -> None:
    """What is paid is no longer owed."""
    await encours.noter_paiement(tx, fait)


@subscriptions.job(ImportDemande)
async def importer(db: Database, fait: ImportDemande) -> None:
    """Try or apply a file of tiers."""
    await imports.executer(db, fait)
