"""What time alone causes: what is late is told once, unread notifications are summed up in the morning, webhooks are sent."""

from datetime import timedelta

from sqlalchemy import select

from gateway.compte.models import Compte, Preference
from gateway.notification import courrier, rules
from gateway.notification.models import Echeance, Notification
from gateway.notification.use_cases import Message, dire_au_metier, regler
from gateway.webhook import use_cases as webhooks
from gateway.webhook.postier import Postier
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.clock import PARIS, jour_paris
from shared.means import Means

SYSTEME = Actor.systeme("Notifications")
PAR_TOUR = 200
PAR_RESUME = 30
PAR_OUBLI = 5000
LIENS = {"commande_en_retard": "/achats/commandes/{id}", "facture_impayee": "/administratif/factures/{id}"}
PHRASES = {
    "commande_en_retard": "La commande {numero} devait arriver le {le:%d/%m/%Y}",
    "facture_impayee": "La facture {numero} devait être payée le {le:%d/%m/%Y}",
}


async def taches_periodiques(database: Database) -> None:
    """Every hour."""
    async with database.transaction(SYSTEME) as tx:
        await dire_les_retards(tx)
    await oublier_les_envois(database)
    if database.clock.now().astimezone(PARIS).hour >= rules.HEURE_DU_RESUME:
        await resumer(database)


async def tache_continue(database: Database) -> None:
    """Webhooks, as soon as there is something to send."""
    await Postier(database).tourner()


async def oublier_les_envois(database: Database) -> None:
    """What webhooks were told is kept as long as facts are."""
    avant = database.clock.now() - timedelta(days=Means.of(database).settings.retention_days)
    oublies = PAR_OUBLI
    while oublies == PAR_OUBLI:
        async with database.transaction(SYSTEME) as tx:
            oublies = await webhooks.oublier(tx, avant, PAR_OUBLI)


async def dire_les_retards(tx: Transaction) -> None:
    """What did not come on its day, told once to whoever works on it."""
    passees = select(Echeance).where(Echeance.le < jour_paris(tx.now), Echeance.dite_le.is_(None))
    for e in list(await tx.scalars(passees.order_by(Echeance.le).limit(PAR_TOUR).with_for_update(skip_locked=True))):
        titre = PHRASES[e.genre].format(numero=e.numero, le=e.le)
        lien = LIENS[e.genre].format(id=e.objet_id)
        message = Message(e.genre, f"{e.objet_id} {e.le}", titre, lien, e.tiers_nom)
        await dire_au_metier(tx, rules.METIERS[e.genre], message)
        e.dite_le = tx.now


async def resumer(database: Database) -> None:
    """Once a day, what is unread, to whoever asked for it; a day whose mail left is written down with it."""
    maintenant = database.clock.now()
    jour = jour_paris(maintenant).isoformat()
    async with database.read() as session:
        voulu = select(Preference.compte_id).where(Preference.cle == rules.RESUME, Preference.valeur == "oui")
        recu = select(Preference.compte_id).where(Preference.cle == rules.RESUME_LE, Preference.valeur == jour)
        requete = select(Compte).where(Compte.id.in_(voulu), Compte.id.not_in(recu), Compte.est_actif)
        comptes = list(await session.scalars(requete))
    for compte in comptes:
        async with database.read() as session:
            non_lues = select(Notification).where(
                Notification.compte_id == compte.id,
                Notification.lue_le.is_(None),
                Notification.cree_le > maintenant - timedelta(days=7),
            )
            lignes = list(await session.scalars(non_lues.order_by(Notification.id.desc()).limit(PAR_RESUME)))
        if lignes and compte.email:
            await courrier.envoyer_resume(database, compte, maintenant.astimezone(PARIS), lignes)
        async with database.transaction(SYSTEME) as tx:
            await regler(tx, compte.id, {rules.RESUME_LE: jour})
