"""Every fact contacts reacts to."""

from services.contacts.tiers import use_cases as tiers
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import FactureEmise, FacturePayee
from shared.database.transaction import Transaction

subscriptions = Subscriptions("contacts")


@subscriptions.on(FactureEmise)
async def augmenter_encours(tx: Transaction, fait: FactureEmise) -> None:
    """What is invoiced is owed (a credit note carries negative totals)."""
    await tiers.ajouter_encours(tx, fait.tiers_id, fait.total_ttc)


@subscriptions.on(FacturePayee)
async def diminuer_encours(tx: Transaction, fait: FacturePayee) -> None:
    """What is paid is no longer owed."""
    await tiers.ajouter_encours(tx, fait.tiers_id, -fait.montant_ttc)
