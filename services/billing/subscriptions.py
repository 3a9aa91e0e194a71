"""Every fact billing reacts to."""

from services.billing.acompte import use_cases as acomptes
from services.billing.affaire_client import use_cases as affaires_client
from services.billing.avoir_fournisseur import use_cases as avoirs_fournisseur
from services.billing.base import Base
from services.billing.copies import use_cases as copies
from services.billing.copies.models import (
    CopieCollaborateur,
    CopieContrat,
    CopieSociete,
    CopieTiers,
    CopieVente,
    Fusion,
)
from services.billing.facture import jobs
from services.billing.facture_recue.use_cases import rapprochement as factures_recues
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import EnvoiFactureDemande, FactureEmise
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersFusionne, TiersModifie
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.inventory import FeuilleRouverte, FeuilleValidee, RetourFournisseurConclu
from shared.contracts.inventory_sav import ConsommationAnnulee, ConsommationSaisie
from shared.contracts.maintenance import AccordTarifaireSigne, ContratModifie
from shared.contracts.purchasing import ReceptionValidee
from shared.database import fusion
from shared.database.database import Database
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

subscriptions = Subscriptions("billing")


@subscriptions.copies(CopieTiers, TiersCree, TiersModifie)
def noter_tiers(fait: TiersCree | TiersModifie) -> Values:
    """Invoices need names, addresses and sending preferences."""
    return copies.tiers(fait)


@subscriptions.copies(CopieSociete, SocieteModifiee)
def noter_societe(fait: SocieteModifiee) -> Values:
    """Invoices carry our identity."""
    return copies.societe(fait)


@subscriptions.copies(CopieCollaborateur, CollaborateurModifie)
def noter_collaborateur(fait: CollaborateurModifie) -> Values:
    """What a commercial sold is his agency's."""
    return copies.collaborateur(fait)


@subscriptions.copies(CopieVente, DevisValide)
def noter_vente(fait: DevisValide) -> Values:
    """What was sold is its commercial's, down to the invoice."""
    return copies.vente(fait)


@subscriptions.on(DevisValide)
async def ouvrir_acompte(tx: Transaction, fait: DevisValide) -> None:
    """A signed devis that asks for a deposit is something to invoice at once."""
    await acomptes.ouvrir(tx, fait)


@subscriptions.copies(CopieContrat, ContratModifie)
def noter_contrat(fait: ContratModifie) -> Values:
    """The schedule of recurring invoices follows the contract."""
    return copies.contrat(fait)


@subscriptions.on(AccordTarifaireSigne)
async def noter_accord(tx: Transaction, fait: AccordTarifaireSigne) -> None:
    """Interventions without contract are billed at these rates."""
    await copies.noter_accord(tx, fait)


@subscriptions.on(FeuilleValidee)
async def ouvrir_affaire_client(tx: Transaction, fait: FeuilleValidee) -> None:
    """Validated work becomes something to invoice."""
    await acomptes.facturer_feuille(tx, fait)


@subscriptions.on(FeuilleRouverte)
async def suivre_reouverture(tx: Transaction, fait: FeuilleRouverte) -> None:
    """Work being corrected is not invoiced meanwhile."""
    await affaires_client.suivre_reouverture(tx, fait)


@subscriptions.on(TempsSaisi)
async def facturer_temps(tx: Transaction, fait: TempsSaisi) -> None:
    """Time without contract becomes something to invoice."""
    await affaires_client.depuis_temps(tx, fait)


@subscriptions.on(TempsCorrige, TempsRetire)
async def suivre_temps(tx: Transaction, fait: TempsCorrige | TempsRetire) -> None:
    """Time corrected or removed changes what is to invoice."""
    await affaires_client.suivre_temps(tx, fait)


@subscriptions.on(ConsommationSaisie)
async def facturer_consommation(tx: Transaction, fait: ConsommationSaisie) -> None:
    """A part used and paid by the client becomes something to invoice."""
    await affaires_client.depuis_consommation(tx, fait)


@subscriptions.on(ConsommationAnnulee)
async def retirer_consommation(tx: Transaction, fait: ConsommationAnnulee) -> None:
    """A part not used after all is not invoiced."""
    await affaires_client.retirer_consommation(tx, fait)


@subscriptions.on(ReceptionValidee)
async def ouvrir_affaire_fournisseur(tx: Transaction, fait: ReceptionValidee) -> None:
    """Received goods announce a supplier invoice, that may have come before them."""
    await factures_recues.depuis_reception(tx, fait)


@subscriptions.on(RetourFournisseurConclu)
async def attendre_avoir(tx: Transaction, fait: RetourFournisseurConclu) -> None:
    """Goods sent back against a credit announce a credit note of their supplier."""
    await avoirs_fournisseur.depuis_retour(tx, fait)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one tiers: what is not issued follows the one kept, issued invoices are found under it."""
    await copies.noter_fusion(tx, fait)
    await fusion.rattacher(tx, Base.metadata, fait, sauf=["facture", Fusion.__tablename__])


@subscriptions.job(FactureEmise)
async def produire_pdf(db: Database, fait: FactureEmise) -> None:
    """An issued invoice gets its PDF."""
    await jobs.produire_pdf(db, fait.facture_id)


@subscriptions.job(EnvoiFactureDemande)
async def envoyer_facture(db: Database, fait: EnvoiFactureDemande) -> None:
    """Mail the invoice."""
    await jobs.envoyer_par_courriel(db, fait.facture_id, fait.envoi_id, Actor.systeme("facturation"))
