"""What the pages and the API read of webhooks."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ScalarSelect, TextClause, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte.models import Compte
from gateway.errors import EnvoiInconnu, WebhookInconnu
from gateway.webhook.models import ABANDONNES, EN_ATTENTE, EnvoiWebhook, Webhook
from gateway.webhook.rules import Etat
from shared.web.paging import Cle, paginer

PAR_PAGE = 50
INDEXES: dict[Etat, TextClause] = {Etat.ATTENTE: EN_ATTENTE, Etat.ABANDONNE: ABANDONNES}


@dataclass(frozen=True, slots=True)
class Suivi:
    """A webhook in the list: what waits, what was given up, who answers for it."""

    webhook: Webhook
    attente: int
    abandonnes: int
    garant: str


async def lister(session: AsyncSession, webhook_id: UUID | None = None) -> list[Suivi]:
    """Every webhook by name, or one, in one statement; what waits and what was given up are counted on their own indexes."""
    requete = (
        select(Webhook, _combien(EN_ATTENTE), _combien(ABANDONNES), Compte.nom)
        .join(Compte, Compte.id == Webhook.compte_id)
        .order_by(func.lower(Webhook.libelle), Webhook.id)
    )
    if webhook_id is not None:
        requete = requete.where(Webhook.id == webhook_id)
    return [Suivi(*ligne) for ligne in await session.execute(requete)]


def _combien(etat: TextClause) -> ScalarSelect[int]:
    return select(func.count()).where(EnvoiWebhook.webhook_id == Webhook.id, etat).correlate(Webhook).scalar_subquery()


async def lire(session: AsyncSession, webhook_id: UUID) -> Suivi:
    """One webhook."""
    trouves = await lister(session, webhook_id)
    if not trouves:
        raise WebhookInconnu
    return trouves[0]


async def envois(
    session: AsyncSession, webhook_id: UUID, *, etat: Etat | None = None, curseur: str | None = None
) -> tuple[list[EnvoiWebhook], str | None]:
    """What was or is to be sent to an address, the latest first."""
    requete = select(EnvoiWebhook).where(EnvoiWebhook.webhook_id == webhook_id)
    if etat is not None:
        requete = requete.where(INDEXES.get(etat, EnvoiWebhook.etat == etat))
    lignes, suite = await paginer(
        session, requete, [Cle(EnvoiWebhook.id, decroissant=True)], limite=PAR_PAGE, curseur=curseur
    )
    return list(lignes), suite


async def envoi(session: AsyncSession, webhook_id: UUID, envoi_id: UUID) -> EnvoiWebhook:
    """One sending."""
    lu: EnvoiWebhook | None = await session.get(EnvoiWebhook, envoi_id)
    if lu is None or lu.webhook_id != webhook_id:
        raise EnvoiInconnu
    return lu
