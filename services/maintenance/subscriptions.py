"""Every fact maintenance reacts to."""

from services.maintenance.accord_tarifaire import jobs as envois_accords
from services.maintenance.accord_tarifaire import use_cases as accords
from services.maintenance.accord_tarifaire.models import AccordTarifaire
from services.maintenance.contrat.models import Contrat
from services.maintenance.contrat.use_cases import redaction
from services.maintenance.copies import use_cases as copies
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.use_cases import livraison
from services.maintenance.parc import use_cases as parc
from services.maintenance.visite.models import Visite
from services.maintenance.visite.use_cases import deroulement
from shared.bus.subscriptions import Subscriptions
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee, InterventionPlanifiee, InterventionTerminee, SavRefuse
from shared.contracts.inventory import FeuilleValidee, HistoriqueConfigure, HistoriqueEtiquete
from shared.contracts.maintenance import EnvoiAccordDemande
from shared.database.database import Database
from shared.database.transaction import Transaction

subscriptions = Subscriptions("maintenance")
PORTEURS_DE_NOM = (Equipement, Contrat, Visite, AccordTarifaire)


@subscriptions.on(TiersCree, TiersModifie)
async def noter_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """Parcs, contracts and mails need names and addresses."""
    await copies.noter_tiers(tx, fait, PORTEURS_DE_NOM)
    if isinstance(fait, TiersModifie):
        await parc.renommer_client(tx, fait.tiers_id, fait.fiche.nom)


@subscriptions.on(SocieteModifiee)
async def noter_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Visit sheets and mails carry our identity."""
    await copies.noter_societe(tx, fait)


@subscriptions.on(CollaborateurModifie)
async def noter_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> None:
    """Visits say who goes."""
    await copies.noter_collaborateur(tx, fait)


@subscriptions.on(FeuilleValidee)
async def livrer(tx: Transaction, fait: FeuilleValidee) -> None:
    """Delivered objects enter the parc; lines sold with maintenance become contract lines to confirm."""
    installes = await livraison.installer(tx, fait)
    await redaction.proposer(tx, fait, installes)


@subscriptions.on(HistoriqueConfigure)
async def noter_configuration(tx: Transaction, fait: HistoriqueConfigure) -> None:
    """A delivered object was configured again."""
    await livraison.configurer(tx, fait)


@subscriptions.on(HistoriqueEtiquete)
async def noter_etiquette(tx: Transaction, fait: HistoriqueEtiquete) -> None:
    """A delivered object got its label."""
    await livraison.etiqueter(tx, fait)


@subscriptions.on(DemandeCreee)
async def lier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """The demande of a due visit is open."""
    await deroulement.lier_demande(tx, fait)


@subscriptions.on(InterventionPlanifiee)
async def noter_planification(tx: Transaction, fait: InterventionPlanifiee) -> None:
    """A visit has its date."""
    await deroulement.noter_planification(tx, fait)


@subscriptions.on(InterventionTerminee)
async def noter_fin(tx: Transaction, fait: InterventionTerminee) -> None:
    """A visit was done on site."""
    await deroulement.noter_fin(tx, fait)


@subscriptions.on(SavRefuse)
async def proposer_tarifs(tx: Transaction, fait: SavRefuse) -> None:
    """A SAV without contract nor signed tariffs: the tariffs are mailed."""
    await accords.proposer_apres_refus(tx, fait)


@subscriptions.job(EnvoiAccordDemande)
async def envoyer_tarifs(db: Database, fait: EnvoiAccordDemande) -> None:
    """Mail the tariffs with their link."""
    await envois_accords.envoyer(db, fait.accord_id)
