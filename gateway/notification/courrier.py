"""The mails of notifications: one at once, or the summary of the morning."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select, update

from gateway.compte.models import Compte
from gateway.notification.models import Notification
from shared.contracts.gateway import NotificationCreee
from shared.courriel.message import Courriel, message_id
from shared.courriel.redaction import Action, Corps, rediger
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.refusals import Refusal
from shared.means import Means

DOMAINE = "amanela.local"
SIGNATURE = ("Amanela",)
PIED = "Vous choisissez ce que vous recevez dans Mon compte, Notifications."
ESPACE_RESUMES = UUID("2f1c3f58-41f5-4d54-9d0e-5b1f0c0f7a10")


async def envoyer(db: Database, fait: NotificationCreee) -> None:
    """Mail one notification; sent again after a crash, its Message-ID is the same."""
    if not fait.par_courriel:
        return
    async with db.read() as session:
        requete = select(Notification, Compte).join(Compte, Compte.id == Notification.compte_id)
        ligne = (await session.execute(requete.where(Notification.id == fait.notification_id))).one_or_none()
    if ligne is None or ligne[0].courriel_le is not None or not ligne[1].email:
        return
    notification, compte = ligne
    corps = rediger(
        [notification.titre, *([notification.detail] if notification.detail else [])],
        societe="Amanela",
        salutation=f"Bonjour {compte.nom},",
        action=Action("Ouvrir", _adresse(db, notification.lien)),
        signature=SIGNATURE,
        pied=PIED,
    )
    await _poster(db, compte, notification.titre, corps, message_id(notification.id, DOMAINE))
    async with db.transaction(Actor.systeme("Notifications")) as tx:
        envoyee = update(Notification).where(Notification.id == fait.notification_id)
        await tx.execute(envoyee.values(courriel_le=tx.now))


async def envoyer_resume(db: Database, compte: Compte, jour: datetime, notifications: Sequence[Notification]) -> None:
    """Mail what somebody did not read yet."""
    nombre = len(notifications)
    corps = rediger(
        [f"{nombre} notification{'s' if nombre > 1 else ''} en attente :"],
        societe="Amanela",
        salutation=f"Bonjour {compte.nom},",
        action=Action("Ouvrir mes notifications", _adresse(db, "/notifications")),
        faits=[(n.titre, n.detail) for n in notifications],
        signature=SIGNATURE,
        pied=PIED,
    )
    identifiant = uuid5(ESPACE_RESUMES, f"{compte.id} {jour:%Y-%m-%d}")
    await _poster(db, compte, "Votre résumé du matin", corps, message_id(identifiant, DOMAINE))


async def _poster(db: Database, compte: Compte, sujet: str, corps: Corps, identifiant: str) -> None:
    means = Means.of(db)
    try:
        courriel = Courriel(
            de=means.settings.mail_from,
            a=(compte.email,),
            sujet=" ".join(sujet.split())[:200],
            texte=corps.texte,
            html=corps.html,
            message_id=identifiant,
        )
        await means.expediteur.envoyer(courriel)
    except Refusal:
        return  # a wrong address in an account: the notification stays on screen


def _adresse(db: Database, lien: str) -> str:
    return Means.of(db).settings.public_url.rstrip("/") + lien
