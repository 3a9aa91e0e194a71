"""Every fact the gateway reacts to: it tells people what concerns them, and programs what they chose.

The live pages see facts as they pass, see gateway/live.
"""

from gateway.notification import courrier, planning, suivi
from gateway.webhook import catalogue
from gateway.webhook import use_cases as webhooks
from gateway.webhook.ecoute import ecoute
from shared.bus.subscriptions import Subscriptions
from shared.contracts.base import Fact
from shared.contracts.billing import FactureEmise, FactureFournisseurBloquee, FactureFournisseurLiberee, FacturePayee
from shared.contracts.commercial import (
    ApprobationDevisDecidee,
    ApprobationDevisDemandee,
    DevisNonRemis,
    DevisRefuse,
    DevisValide,
    EnvoiDevisEchoue,
    ReponseClientRecue,
)
from shared.contracts.contacts import NoteTiersAjoutee
from shared.contracts.demandes import (
    AbonnesModifies,
    DemandeCreee,
    DemandeModifiee,
    EtatChange,
    InterventionAnnulee,
    InterventionPlanifiee,
    NoteAjoutee,
)
from shared.contracts.gateway import NotificationCreee
from shared.contracts.inventory import FeuilleValidee, PreparationCloturee
from shared.contracts.purchasing import CommandeCloturee, CommandeDecidee, CommandePassee, CommandeSoumise
from shared.database.database import Database
from shared.database.transaction import Transaction

subscriptions = Subscriptions("gateway")


@subscriptions.on(DemandeCreee, DemandeModifiee)
async def dire_demande_confiee(tx: Transaction, fait: DemandeCreee | DemandeModifiee) -> None:
    """Somebody is newly in charge."""
    await suivi.demande_confiee(tx, fait)


@subscriptions.on(AbonnesModifies)
async def retenir_abonnes(tx: Transaction, fait: AbonnesModifies) -> None:
    """Who follows a demande."""
    await suivi.abonnes(tx, fait)


@subscriptions.on(NoteAjoutee)
async def dire_note(tx: Transaction, fait: NoteAjoutee) -> None:
    """Named colleagues and followers."""
    await suivi.note_ajoutee(tx, fait)


@subscriptions.on(NoteTiersAjoutee)
async def dire_note_tiers(tx: Transaction, fait: NoteTiersAjoutee) -> None:
    """Named colleagues."""
    await suivi.note_tiers_ajoutee(tx, fait)


@subscriptions.on(EtatChange)
async def dire_etat(tx: Transaction, fait: EtatChange) -> None:
    """Followers."""
    await suivi.etat_change(tx, fait)


@subscriptions.on(InterventionPlanifiee)
async def dire_intervention(tx: Transaction, fait: InterventionPlanifiee) -> None:
    """Whoever goes, whoever goes at another time, whoever does not go any more."""
    await planning.intervention_planifiee(tx, fait)


@subscriptions.on(InterventionAnnulee)
async def dire_annulation(tx: Transaction, fait: InterventionAnnulee) -> None:
    """Whoever was to go."""
    await planning.intervention_annulee(tx, fait)


@subscriptions.on(DevisValide, DevisRefuse)
async def dire_devis(tx: Transaction, fait: DevisValide | DevisRefuse) -> None:
    """The salesman."""
    await suivi.devis_conclu(tx, fait)


@subscriptions.on(ReponseClientRecue)
async def dire_question(tx: Transaction, fait: ReponseClientRecue) -> None:
    """The salesman."""
    await suivi.question_posee(tx, fait)


@subscriptions.on(ApprobationDevisDemandee)
async def dire_approbation_demandee(tx: Transaction, fait: ApprobationDevisDemandee) -> None:
    """Approvers."""
    await suivi.approbation_demandee(tx, fait)


@subscriptions.on(ApprobationDevisDecidee)
async def dire_approbation_decidee(tx: Transaction, fait: ApprobationDevisDecidee) -> None:
    """The salesman."""
    await suivi.approbation_decidee(tx, fait)


@subscriptions.on(EnvoiDevisEchoue)
async def dire_envoi_echoue(tx: Transaction, fait: EnvoiDevisEchoue) -> None:
    """Whoever asked."""
    await suivi.envoi_echoue(tx, fait)


@subscriptions.on(DevisNonRemis)
async def dire_devis_non_remis(tx: Transaction, fait: DevisNonRemis) -> None:
    """Whoever sent it."""
    await suivi.devis_non_remis(tx, fait)


@subscriptions.on(CommandeSoumise)
async def dire_commande_soumise(tx: Transaction, fait: CommandeSoumise) -> None:
    """Approvers."""
    await suivi.commande_soumise(tx, fait)


@subscriptions.on(FactureFournisseurBloquee)
async def dire_facture_bloquee(tx: Transaction, fait: FactureFournisseurBloquee) -> None:
    """Whoever may release it."""
    await suivi.facture_bloquee(tx, fait)


@subscriptions.on(FactureFournisseurLiberee)
async def dire_facture_liberee(tx: Transaction, fait: FactureFournisseurLiberee) -> None:
    """Nobody waits for it."""
    await suivi.facture_liberee(tx, fait)


@subscriptions.on(PreparationCloturee)
async def dire_preparation_cloturee(tx: Transaction, fait: PreparationCloturee) -> None:
    """The office."""
    await suivi.preparation_cloturee(tx, fait)


@subscriptions.on(FeuilleValidee)
async def oublier_preparation(tx: Transaction, fait: FeuilleValidee) -> None:
    """The feuille was checked."""
    await suivi.feuille_validee(tx, fait)


@subscriptions.on(CommandeDecidee)
async def dire_commande_decidee(tx: Transaction, fait: CommandeDecidee) -> None:
    """The buyer."""
    await suivi.commande_decidee(tx, fait)


@subscriptions.on(CommandePassee, FactureEmise)
async def retenir_echeance(tx: Transaction, fait: CommandePassee | FactureEmise) -> None:
    """A delivery or a payment is expected."""
    await suivi.attendre(tx, fait)


@subscriptions.on(CommandeCloturee)
async def oublier_commande(tx: Transaction, fait: CommandeCloturee) -> None:
    """Everything ordered came."""
    await suivi.arrivee(tx, fait)


@subscriptions.on(FacturePayee)
async def oublier_facture(tx: Transaction, fait: FacturePayee) -> None:
    """The invoice is paid in full."""
    if fait.solde_ttc <= 0:
        await suivi.arrivee(tx, fait)


@subscriptions.job(NotificationCreee)
async def poster_notification(db: Database, fait: NotificationCreee) -> None:
    """The mail of a notification."""
    await courrier.envoyer(db, fait)


@subscriptions.on(*catalogue.faits(), group="parallele", when=ecoute.veut)
async def retenir_pour_webhooks(tx: Transaction, fait: Fact) -> None:
    """Every address that chose it."""
    del fait  # sent as it was told
    await webhooks.retenir(tx)
