"""Every fact contacts reacts to."""

from services.contacts.dictionnaire import use_cases as dictionnaire
from services.contacts.dictionnaire.models import MotVoisin
from services.contacts.echange import jobs as imports
from services.contacts.encours import use_cases as encours
from services.contacts.tiers import use_cases as tiers
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FacturePayee
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import ImportDemande, TiersCree, TiersModifie
from shared.database.database import Database
from shared.database.rows import Values
from shared.database.transaction import Transaction

subscriptions = Subscriptions("contacts")


@subscriptions.collects(MotVoisin, TiersCree, TiersModifie)
def apprendre_mots(fait: TiersCree | TiersModifie) -> list[Values]:
    """Words that searches forgive an error in."""
    return dictionnaire.appris(fait.fiche)


@subscriptions.on(DevisValide)
async def noter_devis(tx: Transaction, fait: DevisValide) -> None:
    """What is signed will be owed, by a client."""
    await encours.noter_devis(tx, fait)
    await tiers.devenir_client(tx, fait.tiers_id)


@subscriptions.on(AffaireClientCreee)
async def noter_affaire(tx: Transaction, fait: AffaireClientCreee) -> None:
    """What is ready to invoice will be owed."""
    await encours.noter_affaire(tx, fait)


@subscriptions.on(FactureEmise)
async def augmenter_encours(tx: Transaction, fait: FactureEmise) -> None:
    """What is invoiced is owed (a credit note carries negative totals)."""
    await encours.noter_facture(tx, fait)
    await tiers.devenir_client(tx, fait.tiers_id)


@subscriptions.on(FacturePayee)
async def diminuer_encours(tx: Transaction, fait: FacturePayee) -> None:
    """What is paid is no longer owed."""
    await encours.noter_paiement(tx, fait)


@subscriptions.job(ImportDemande)
async def importer(db: Database, fait: ImportDemande) -> None:
    """Try or apply a file of tiers."""
    await imports.executer(db, fait)
