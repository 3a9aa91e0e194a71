"""What administrators do to webhooks, and what a fact leaves to send."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import httpx
from sqlalchemy import ColumnElement, TextClause, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.compte import coffre
from gateway.compte.models import Compte
from gateway.errors import (
    AdresseInjoignable,
    AdresseRefusee,
    CoutsReserves,
    EnvoiInconnu,
    FaitReserve,
    WebhookArrete,
    WebhookInconnu,
    WebhooksTropNombreux,
)
from gateway.webhook import rules
from gateway.webhook.catalogue import ESSAI, PUBLICS
from gateway.webhook.models import ABANDONNES, EN_ATTENTE, EnvoiWebhook, Webhook
from gateway.webhook.rules import Etat
from gateway.webhook.schemas import SaisieWebhook
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.web.sortie import AdresseInterdite, epingler

MAXIMUM = 50


async def verifier(settings: Settings, actor: Actor, saisie: SaisieWebhook) -> None:
    """Refuse an address of our own network, and what its author may not read himself. No transaction is open meanwhile."""
    for fait in saisie.faits:
        if not rules.lisible(actor, fait):
            raise FaitReserve(libelle=PUBLICS[fait][1].libelle)
    if saisie.avec_couts and not actor.may("couts.voir"):
        raise CoutsReserves
    try:
        await epingler(saisie.adresse, prive=settings.webhooks_private, clair=settings.webhooks_private)
    except (AdresseInterdite, httpx.InvalidURL, UnicodeError) as erreur:
        raise AdresseRefusee from erreur
    except OSError as erreur:
        raise AdresseInjoignable from erreur


async def creer(tx: Transaction, settings: Settings, compte: Compte, saisie: SaisieWebhook) -> tuple[str, Webhook]:
    """A new webhook; returns its secret, which is shown once."""
    if (await tx.scalar(select(func.count()).select_from(Webhook))) >= MAXIMUM:
        raise WebhooksTropNombreux(maximum=MAXIMUM)
    secret = rules.nouveau_secret()
    webhook = Webhook(**saisie.model_dump(), compte_id=compte.id, secret=coffre.chiffrer(settings, secret))
    tx.add(webhook)
    await tx.flush()
    return secret, webhook


async def modifier(
    tx: Transaction, compte: Compte, webhook_id: UUID, saisie: SaisieWebhook, version: int | None
) -> Webhook:
    """Replace what it is; whoever saves it answers for it."""
    webhook = await _verrouiller(tx, webhook_id)
    await tx.expect_version(webhook, version)
    for champ, valeur in saisie.model_dump().items():
        setattr(webhook, champ, valeur)
    webhook.compte_id = compte.id
    return webhook


async def changer_secret(tx: Transaction, settings: Settings, webhook_id: UUID) -> tuple[str, Webhook]:
    """Another secret, shown once; for a day both sign, so that the receiver misses nothing while it changes."""
    webhook = await _verrouiller(tx, webhook_id)
    secret = rules.nouveau_secret()
    webhook.ancien_secret, webhook.ancien_jusqu_au = webhook.secret, tx.now + rules.RECOUVREMENT
    webhook.secret = coffre.chiffrer(settings, secret)
    return secret, webhook


async def arreter(tx: Transaction, webhook_id: UUID) -> None:
    """Send nothing any more."""
    (await _verrouiller(tx, webhook_id)).arreter()


async def reprendre(tx: Transaction, webhook_id: UUID) -> None:
    """Send again; what waited leaves at once."""
    (await _verrouiller(tx, webhook_id)).reprendre()
    await relancer_attente(tx, webhook_id)


async def supprimer(tx: Transaction, webhook_id: UUID) -> Webhook:
    """Forget an address and what was sent to it."""
    webhook = await _verrouiller(tx, webhook_id)
    await tx.execute(delete(EnvoiWebhook).where(EnvoiWebhook.webhook_id == webhook_id))
    await tx.delete(webhook)
    return webhook


async def essayer(tx: Transaction, webhook_id: UUID) -> None:
    """Send a message that tells nothing, to see whether it arrives."""
    webhook = await _verrouiller(tx, webhook_id)
    if not webhook.est_actif:
        raise WebhookArrete
    essai = new_id()
    tx.add(
        EnvoiWebhook(
            webhook_id=webhook_id,
            fait_id=essai,
            type=ESSAI,
            cle=f"essai:{essai}",
            seq=0,
            contenu={"message": "Essai envoyé depuis Amanela", "par": tx.actor.nom},
            survenu_le=tx.now,
            cree_le=tx.now,
            prochain_le=tx.now,
        )
    )


async def renvoyer(tx: Transaction, webhook_id: UUID, envoi_id: UUID | None = None) -> int:
    """Try again what was given up, one or all, from the first delay; a fact already taken may be sent once more too."""
    choisis: list[ColumnElement[bool] | TextClause] = [EnvoiWebhook.webhook_id == webhook_id]
    if envoi_id is None:
        choisis.append(ABANDONNES)
    else:
        choisis.append(EnvoiWebhook.id == envoi_id)
    if not (await _verrouiller(tx, webhook_id)).est_actif:
        raise WebhookArrete
    reprise = update(EnvoiWebhook).where(*choisis).values(etat=Etat.ATTENTE, tentatives=0, prochain_le=tx.now)
    repris = list(await tx.scalars(reprise.returning(EnvoiWebhook.id)))
    if envoi_id is not None and not repris:
        raise EnvoiInconnu
    return len(repris)


async def relancer_attente(tx: Transaction, webhook_id: UUID) -> None:
    """The address answers: what waited for its turn need not wait longer."""
    attendus = (EnvoiWebhook.webhook_id == webhook_id, EN_ATTENTE)
    await tx.execute(
        update(EnvoiWebhook).where(*attendus, EnvoiWebhook.prochain_le > tx.now).values(prochain_le=tx.now)
    )


async def retenir(tx: Transaction) -> None:
    """The fact in hand is for every active webhook that chose it; told again, it is there already."""
    fait = tx.envelope
    if fait is None:
        return
    qui = select(Webhook.id).where(Webhook.est_actif, Webhook.faits.contains([fait.type]))
    if webhooks := list(await tx.scalars(qui)):
        await tx.execute(insert(EnvoiWebhook).on_conflict_do_nothing(), [_envoi(tx, w) for w in webhooks])


def _envoi(tx: Transaction, webhook_id: UUID) -> dict[str, object]:
    fait = tx.envelope
    assert fait is not None
    return {
        "id": new_id(),
        "webhook_id": webhook_id,
        "fait_id": fait.id,
        "type": fait.type,
        "cle": f"{fait.type.partition('.')[0]}:{fait.key}",
        "seq": fait.seq,
        "demande_id": fait.correlation_id,
        "contenu": fait.payload,
        "survenu_le": fait.occurred_at,
        "cree_le": tx.now,
        "etat": Etat.ATTENTE,
        "tentatives": 0,
        "prochain_le": tx.now,
        "reponse": "",
    }


async def oublier(tx: Transaction, avant: datetime, au_plus: int) -> int:
    """Forget what was sent, or given up, before that day; how much was, for the sake of batches."""
    vieux = select(EnvoiWebhook.id).where(EnvoiWebhook.cree_le < avant).order_by(EnvoiWebhook.cree_le).limit(au_plus)
    ids: Sequence[UUID] = list(await tx.scalars(vieux))
    await tx.execute(delete(EnvoiWebhook).where(EnvoiWebhook.id.in_(ids)))
    return len(ids)


async def _verrouiller(tx: Transaction, webhook_id: UUID) -> Webhook:
    webhook: Webhook | None = await tx.get(Webhook, webhook_id, with_for_update=True)
    if webhook is None:
        raise WebhookInconnu
    return webhook
