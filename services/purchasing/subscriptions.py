"""Every fact purchasing reacts to."""

from services.purchasing.base import Base
from services.purchasing.besoin import use_cases as besoins
from services.purchasing.commande.use_cases import annonce
from services.purchasing.copies import use_cases as copies
from services.purchasing.copies.models import (
    CopieCompte,
    CopieNature,
    CopieSerie,
    CopieStock,
    CopieTiers,
    ReferenceChezFournisseur,
)
from services.purchasing.envoi import jobs as envois
from services.purchasing.reception.use_cases import validation
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import ReceptionChiffree
from shared.contracts.commercial import BesoinsPressentis
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersFusionne, TiersModifie
from shared.contracts.gateway import CompteModifie
from shared.contracts.inventory import (
    FeuilleCreee,
    FeuilleModifiee,
    FeuilleRouverte,
    FeuilleValidee,
    NatureStockModifiee,
    ProduitModifie,
    SerieSituee,
    StockChange,
)
from shared.contracts.purchasing import CommandePassee, EnvoiFournisseurDemande
from shared.database import fusion
from shared.database.database import Database
from shared.database.rows import Values
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


@subscriptions.job(EnvoiFournisseurDemande)
async def envoyer_au_fournisseur(db: Database, fait: EnvoiFournisseurDemande) -> None:
    """Print and mail a request for prices, or an order."""
    await envois.executer(db, fait)


@subscriptions.on(ReceptionChiffree)
async def noter_facture(tx: Transaction, fait: ReceptionChiffree) -> None:
    """A reception shows the invoice that accounts accepted for it."""
    await validation.noter_facture(tx, fait)


@subscriptions.on(FeuilleValidee)
async def terminer_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """A finished sheet wants nothing any more."""
    await besoins.terminer_feuille(tx, fait)


@subscriptions.on(FeuilleRouverte)
async def rouvrir_feuille(tx: Transaction, fait: FeuilleRouverte) -> None:
    """A finished sheet being corrected has needs again."""
    await besoins.rouvrir_feuille(tx, fait)


@subscriptions.on(BesoinsPressentis)
async def pressentir(tx: Transaction, fait: BesoinsPressentis) -> None:
    """Unsigned propositions are shown greyed to buyers."""
    await besoins.pressentir(tx, fait)


@subscriptions.copies(CopieTiers, TiersCree, TiersModifie)
def copier_tiers(fait: TiersCree | TiersModifie) -> Values:
    """Suppliers offered to buyers."""
    return copies.tiers(fait)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one tiers: everything follows the one kept."""
    await copies.fusionner_references(tx, fait.tiers_id, fait.absorbe_id)
    await fusion.rattacher(tx, Base.metadata, fait, sauf=[ReferenceChezFournisseur.__tablename__])


@subscriptions.on(ProduitModifie)
async def copier_produit(tx: Transaction, fait: ProduitModifie) -> None:
    """Names, barcodes and supplier references of products."""
    await copies.copier_produit(tx, fait)


@subscriptions.copies(CopieStock, StockChange)
def copier_stock(fait: StockChange) -> Values:
    """Stock per agency."""
    return copies.stock(fait)


@subscriptions.copies(CopieNature, NatureStockModifiee)
def copier_nature(fait: NatureStockModifiee) -> Values:
    """Needs are met by the nature of stock their affaire asks."""
    return copies.nature(fait)


@subscriptions.copies(CopieSerie, SerieSituee)
def copier_serie(fait: SerieSituee) -> Values:
    """Serial numbers already on an object are refused at the reception."""
    return copies.serie(fait)


@subscriptions.copies(CopieCompte, CompteModifie)
def copier_compte(fait: CompteModifie) -> Values:
    """The roles that limit what people order alone."""
    return copies.compte(fait)


@subscriptions.on(SocieteModifiee)
async def copier_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Our identity on orders, the agencies goods are delivered to."""
    await copies.copier_societe(tx, fait)
