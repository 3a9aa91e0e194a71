"""Webhooks over HTTP, for administrators and their programs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

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
from gateway.session.dependances import Utilisateur, exiger
from gateway.webhook import queries, use_cases
from gateway.webhook.ecoute import ecoute
from gateway.webhook.rules import Etat
from gateway.webhook.schemas import SaisieWebhook, VueEnvoi, VueWebhook, WebhookCree
from shared.web.doors import Db, IfMatch
from shared.web.idempotence import IdempotentRoute
from shared.web.paging import Curseur, Page
from shared.web.problems import refusals

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"], route_class=IdempotentRoute)
# answers that are not stored for whoever repeats his request: a secret is kept encrypted only
secrets = APIRouter(prefix="/api/webhooks", tags=["webhooks"])
Administrateur = Annotated[Utilisateur, exiger("administration")]
SAISIE = (AdresseRefusee, AdresseInjoignable, FaitReserve, CoutsReserves)


@router.get("")
async def lister(db: Db, _user: Administrateur) -> list[VueWebhook]:
    """Every webhook, without its secret."""
    async with db.read() as session:
        return [VueWebhook.model_validate(suivi.webhook) for suivi in await queries.lister(session)]


@secrets.post("", status_code=201, responses=refusals(*SAISIE, WebhooksTropNombreux))
async def creer(saisie: SaisieWebhook, request: Request, db: Db, user: Administrateur) -> WebhookCree:
    """A new webhook; its secret is in this answer only."""
    settings = request.app.state.means.settings
    await use_cases.verifier(settings, user.actor, saisie)
    async with db.transaction(user.actor) as tx:
        secret, webhook = await use_cases.creer(tx, settings, user.compte, saisie)
    ecoute.oublier(db.database)
    return WebhookCree(**VueWebhook.model_validate(webhook).model_dump(), secret=secret)


@router.put("/{webhook_id}", responses=refusals(*SAISIE, WebhookInconnu))
async def modifier(
    webhook_id: UUID, saisie: SaisieWebhook, request: Request, db: Db, version: IfMatch, user: Administrateur
) -> VueWebhook:
    """Replace its address and its facts; whoever does answers for it."""
    await use_cases.verifier(request.app.state.means.settings, user.actor, saisie)
    async with db.transaction(user.actor) as tx:
        webhook = await use_cases.modifier(tx, user.compte, webhook_id, saisie, version)
    ecoute.oublier(db.database)
    return VueWebhook.model_validate(webhook)


@router.delete("/{webhook_id}", status_code=204, responses=refusals(WebhookInconnu))
async def supprimer(webhook_id: UUID, db: Db, user: Administrateur) -> None:
    """Forget it, with what was sent."""
    async with db.transaction(user.actor) as tx:
        await use_cases.supprimer(tx, webhook_id)
    ecoute.oublier(db.database)


@secrets.post("/{webhook_id}/changer-secret", responses=refusals(WebhookInconnu))
async def changer_secret(webhook_id: UUID, request: Request, db: Db, user: Administrateur) -> WebhookCree:
    """Another secret, in this answer only; the one before still signs for a day."""
    async with db.transaction(user.actor) as tx:
        secret, webhook = await use_cases.changer_secret(tx, request.app.state.means.settings, webhook_id)
    return WebhookCree(**VueWebhook.model_validate(webhook).model_dump(), secret=secret)


@router.post("/{webhook_id}/arreter", status_code=204, responses=refusals(WebhookInconnu))
async def arreter(webhook_id: UUID, db: Db, user: Administrateur) -> None:
    """Send nothing any more; what waits is kept."""
    async with db.transaction(user.actor) as tx:
        await use_cases.arreter(tx, webhook_id)
    ecoute.oublier(db.database)


@router.post("/{webhook_id}/reprendre", status_code=204, responses=refusals(WebhookInconnu))
async def reprendre(webhook_id: UUID, db: Db, user: Administrateur) -> None:
    """Send again, what waited first."""
    async with db.transaction(user.actor) as tx:
        await use_cases.reprendre(tx, webhook_id)
    ecoute.oublier(db.database)


@router.post("/{webhook_id}/essayer", status_code=202, responses=refusals(WebhookInconnu, WebhookArrete))
async def essayer(webhook_id: UUID, db: Db, user: Administrateur) -> None:
    """Send a message of trial."""
    async with db.transaction(user.actor) as tx:
        await use_cases.essayer(tx, webhook_id)


@router.get("/{webhook_id}/envois")
async def envois(
    webhook_id: UUID,
    db: Db,
    _user: Administrateur,
    etat: Annotated[Etat | None, Query()] = None,
    curseur: Curseur = None,
) -> Page[VueEnvoi]:
    """What was or is to be sent, the latest first."""
    async with db.read() as session:
        lignes, suite = await queries.envois(session, webhook_id, etat=etat, curseur=curseur)
    return Page(elements=[VueEnvoi.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


@router.post(
    "/{webhook_id}/envois/{envoi_id}/renvoyer",
    status_code=202,
    responses=refusals(WebhookInconnu, EnvoiInconnu, WebhookArrete),
)
async def renvoyer(webhook_id: UUID, envoi_id: UUID, db: Db, user: Administrateur) -> None:
    """Send one once more, with the same `webhook-id`."""
    async with db.transaction(user.actor) as tx:
        await use_cases.renvoyer(tx, webhook_id, envoi_id)
