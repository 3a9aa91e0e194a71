"""Every fact maintenance reacts to."""

from services.maintenance.accord_tarifaire import jobs as envois_accords
from services.maintenance.accord_tarifaire import use_cases as accords
from services.maintenance.accord_tarifaire.models import AccordTarifaire
from services.maintenance.base import Base
from services.maintenance.contrat.models import Contrat
from services.maintenance.contrat.use_cases import redaction, remplacement
from services.maintenance.copies import use_cases as copies
from services.maintenance.copies.models import CopieCollaborateur, CopieSociete, CopieTiers, CopieVente
from services.maintenance.couverture import use_cases as couvertures
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.use_cases import echange, livraison
from services.maintenance.equipement.use_cases.fusion import reunir_parcs
from services.maintenance.parc import use_cases as parc
from services.maintenance.visite.models import Visite
from services.maintenance.visite.use_cases import deroulement
from shared.bus.subscriptions import Subscriptions
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersFusionne, TiersModifie
from shared.contracts.demandes import (
    DemandeCreee,
    InterventionAnnulee,
    InterventionPlanifiee,
    InterventionTerminee,
    SavRefuse,
)
from shared.contracts.inventory import FeuilleValidee, HistoriqueConfigure, HistoriqueEtiquete, ObjetEchange
from shared.contracts.inventory_cout import CoutsEtablis
from shared.contracts.maintenance import EnvoiAccordDemande
from shared.database import fusion
from shared.database.database import Database
from shared.database.rows import Values
from shared.database.transaction import Transaction

subscriptions = Subscriptions("maintenance")
PORTEURS_DE_NOM = (Equipement, Contrat, Visite, AccordTarifaire)


@subscriptions.copies(CopieTiers, TiersCree)
def decouvrir_tiers(fait: TiersCree) -> Values:
    """Parcs, contracts and mails need names and addresses."""
    return copies.tiers(fait)


@subscriptions.on(TiersModifie)
async def noter_tiers(tx: Transaction, fait: TiersModifie) -> None:
    """What shows a client's name follows it."""
    await copies.suivre_tiers(tx, fait, PORTEURS_DE_NOM)
    await parc.renommer_client(tx, fait.tiers_id, fait.fiche.nom)


@subscriptions.copies(CopieSociete, SocieteModifiee)
def noter_societe(fait: SocieteModifiee) -> Values:
    """Visit sheets and mails carry our identity."""
    return copies.societe(fait)


@subscriptions.copies(CopieCollaborateur, CollaborateurModifie)
def noter_collaborateur(fait: CollaborateurModifie) -> Values:
    """Visits say who goes."""
    return copies.collaborateur(fait)


@subscriptions.copies(CopieVente, DevisValide)
def noter_vente(fait: DevisValide) -> Values:
    """What was sold is its commercial's, down to the contract."""
    return copies.vente(fait)


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


@subscriptions.on(CoutsEtablis)
async def noter_facture(tx: Transaction, fait: CoutsEtablis) -> None:
    """A delivered object has another supplier invoice than at its delivery."""
    await livraison.facturer(tx, fait)


@subscriptions.on(ObjetEchange)
async def remplacer_objet(tx: Transaction, fait: ObjetEchange) -> None:
    """Another object took the place of one of a parc, on its contracts too."""
    remplaces = await echange.remplacer(tx, fait)
    if remplaces is not None:
        await remplacement.remplacer(tx, *remplaces)


@subscriptions.on(DemandeCreee)
async def lier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """The demande of a due visit is open."""
    await deroulement.lier_demande(tx, fait)


@subscriptions.on(InterventionPlanifiee)
async def noter_planification(tx: Transaction, fait: InterventionPlanifiee) -> None:
    """A visit has its date."""
    await deroulement.noter_planification(tx, fait)


@subscriptions.on(InterventionAnnulee)
async def noter_annulation(tx: Transaction, fait: InterventionAnnulee) -> None:
    """A visit lost its date."""
    await deroulement.noter_annulation(tx, fait)


@subscriptions.on(InterventionTerminee)
async def noter_fin(tx: Transaction, fait: InterventionTerminee) -> None:
    """A visit was done on site."""
    await deroulement.noter_fin(tx, fait)


@subscriptions.on(SavRefuse)
async def proposer_tarifs(tx: Transaction, fait: SavRefuse) -> None:
    """A SAV without contract nor signed tariffs: the tariffs are mailed."""
    await accords.proposer_apres_refus(tx, fait)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one tiers: everything follows the one kept."""
    await couvertures.fusionner(tx, fait.tiers_id, fait.absorbe_id)
    await reunir_parcs(tx, fait.tiers_id, fait.absorbe_id, fait.nom)
    await fusion.rattacher(tx, Base.metadata, fait, sauf=("parc", "couverture"))


@subscriptions.job(EnvoiAccordDemande)
async def envoyer_tarifs(db: Database, fait: EnvoiAccordDemande) -> None:
    """Mail the tariffs with their link."""
    await envois_accords.envoyer(db, fait.accord_id)
