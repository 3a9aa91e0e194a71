"""Every fact purchasing reacts to."""

from services.purchasing.besoin import use_cases as besoins
from services.purchasing.commande.use_cases import annonce
from services.purchasing.copies import use_cases as copies
from shared.bus.subscriptions import Subscriptions
from shared.contracts.commercial import BesoinsPressentis
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.inventory import FeuilleCreee, FeuilleModifiee, FeuilleValidee, ProduitModifie, StockChange
from shared.contracts.purchasing import CommandePassee
from shared.database.transaction import Transaction

subscriptions = Subscriptions("purchasing")


@subscriptions.on(FeuilleCreee, FeuilleModifiee)
async def suivre_feuille(tx: Transaction, fait: FeuilleCreee | FeuilleModifiee) -> None:
    """What a sheet misses is a need; what came from stock may complete what is on order."""
    await besoins.suivre_feuille(tx, fait)
    await annonce.annoncer(tx, [fait.demande_id])


@subscriptions.on(CommandePassee)
async def annoncer_besoins_commandes(tx: Transaction, fait: CommandePassee) -> None:
    """Our own order may be the last one a demande was missing; said here, where facts come one at a time."""
    await annonce.annoncer(tx, fait.demande_ids)


@subscriptions.on(FeuilleValidee)
async def terminer_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """A finished sheet wants nothing any more."""
    await besoins.terminer_feuille(tx, fait)


@subscriptions.on(BesoinsPressentis)
async def pressentir(tx: Transaction, fait: BesoinsPressentis) -> None:
    """Unsigned propositions are shown greyed to buyers."""
    await besoins.pressentir(tx, fait)


@subscriptions.on(TiersCree, TiersModifie)
async def copier_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """Suppliers offered to buyers."""
    await copies.copier_tiers(tx, fait)


@subscriptions.on(ProduitModifie)
async def copier_produit(tx: Transaction, fait: ProduitModifie) -> None:
    """Names, barcodes and supplier references of products."""
    await copies.copier_produit(tx, fait)


@subscriptions.on(StockChange)
async def copier_stock(tx: Transaction, fait: StockChange) -> None:
    """Stock per agency."""
    await copies.copier_stock(tx, fait)


@subscriptions.on(SocieteModifiee)
async def copier_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Our identity on orders, the agencies goods are delivered to."""
    await copies.copier_societe(tx, fait)
