"""Telling people: the rows written in the transaction of the fact, the mail asked for in the same one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.compte.models import Compte, Preference, Role
from gateway.compte.roles import capables
from gateway.notification import rules
from gateway.notification.models import DemandeConnue, Notification
from gateway.notification.rules import Canal
from shared.contracts.gateway import NotificationCreee
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, why (`cause` is told once to each person), and where it leads."""

    genre: str
    cause: str
    titre: str
    lien: str
    detail: str = ""


async def dire_aux(tx: Transaction, collaborateur_ids: Collection[UUID | None], message: Message) -> None:
    """Tell the accounts of these collaborators that may read it, whoever caused it excepted."""
    auteur = tx.envelope.acteur_id if tx.envelope else None
    vises = {c for c in collaborateur_ids if c is not None and c != auteur}
    if not vises:
        return
    requete = select(Compte).where(or_(Compte.collaborateur_id.in_(vises), Compte.id.in_(vises)), Compte.est_actif)
    await _dire(tx, list(await tx.scalars(requete)), message)


async def dire_au_metier(tx: Transaction, metier: str, message: Message) -> None:
    """Tell everybody whose role is of a job."""
    du_metier = select(func.array_agg(Role.cle)).where(Role.metier == metier).scalar_subquery()
    requete = select(Compte).where(Compte.roles.overlap(du_metier), Compte.est_actif)
    await _dire(tx, list(await tx.scalars(requete)), message)


async def dire_a_qui_peut(tx: Transaction, message: Message, droits: Collection[str] = ()) -> None:
    """Tell everybody who has the right its kind asks for, and those rights too; whoever caused it excepted."""
    requete = select(Compte).where(Compte.roles.overlap(await capables(tx, rules.GENRES[message.genre].droit)))
    requete = requete.where(Compte.est_actif)
    auteur = tx.envelope.acteur_id if tx.envelope else None
    comptes = [c for c in await tx.scalars(requete) if auteur is None or auteur not in (c.id, c.collaborateur_id)]
    await _dire(tx, [c for c in comptes if all(c.peut(droit) for droit in droits)], message)


async def lire(tx: Transaction, compte_id: UUID, notification_id: UUID | None = None) -> str | None:
    """Mark one (or all) of somebody's notifications read; where that one leads."""
    siennes = [Notification.compte_id == compte_id]
    if notification_id is not None:
        siennes.append(Notification.id == notification_id)
    lues = update(Notification).where(*siennes, Notification.lue_le.is_(None)).values(lue_le=tx.now)
    await tx.execute(lues)
    if notification_id is None:
        return None
    lien: str | None = await tx.scalar(select(Notification.lien).where(*siennes))
    return lien


async def ne_plus_attendre(tx: Transaction, genre: str, lien: str) -> None:
    """What people were told of that page is done, by whomever: what they have not read yet counts as read."""
    perimees = (Notification.genre == genre, Notification.lien == lien, Notification.lue_le.is_(None))
    await tx.execute(update(Notification).where(*perimees).values(lue_le=tx.now))


async def regler(tx: Transaction, compte_id: UUID, choix: dict[str, str]) -> None:
    """Keep how somebody wants to be told."""
    lignes = [{"compte_id": compte_id, "cle": cle, "valeur": valeur} for cle, valeur in choix.items()]
    ecrire = insert(Preference).values(lignes)
    await tx.execute(
        ecrire.on_conflict_do_update(
            index_elements=[Preference.compte_id, Preference.cle], set_={"valeur": ecrire.excluded.valeur}
        )
    )


async def connaitre(tx: Transaction, demande_id: UUID) -> DemandeConnue | None:
    """What is known of a demande; None while its first fact did not arrive."""
    return await tx.get(DemandeConnue, demande_id)


async def _dire(tx: Transaction, comptes: Sequence[Compte], message: Message) -> None:
    comptes = [c for c in comptes if c.peut(rules.GENRES[message.genre].droit)]
    choisis = await _choix(tx, [c.id for c in comptes], message.genre)
    for compte in comptes:
        canal = rules.canal(message.genre, choisis.get(compte.id))
        if canal is Canal.JAMAIS:
            continue
        ligne = {
            "id": new_id(),
            "compte_id": compte.id,
            "cause": message.cause,
            "genre": message.genre,
            "titre": message.titre,
            "detail": message.detail,
            "lien": message.lien,
            "cree_le": tx.now,
        }
        dite = insert(Notification).values(**ligne).on_conflict_do_nothing().returning(Notification.id)
        if (await tx.scalar(dite)) is None:
            continue  # this person was already told
        tx.publish(
            NotificationCreee(
                notification_id=ligne["id"],
                destinataire_id=compte.collaborateur_id or compte.id,
                genre=message.genre,
                par_courriel=canal is Canal.COURRIEL and bool(compte.email),
            )
        )


async def _choix(tx: Transaction, compte_ids: Sequence[UUID], genre: str) -> dict[UUID, str]:
    if not compte_ids:
        return {}
    requete = select(Preference.compte_id, Preference.valeur).where(
        Preference.compte_id.in_(compte_ids), Preference.cle == rules.cle(genre)
    )
    return {ligne.compte_id: ligne.valeur for ligne in await tx.execute(requete)}
