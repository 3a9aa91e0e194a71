"""Carries what webhooks are to be told: each address served apart, so that a dead one delays nobody."""

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import any_, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid
from structlog import get_logger

from gateway.compte import coffre
from gateway.compte.models import Compte
from gateway.notification.use_cases import Message, dire_a_qui_peut
from gateway.webhook import rules
from gateway.webhook.catalogue import ESSAI
from gateway.webhook.models import EN_ATTENTE, EnvoiWebhook, Webhook
from gateway.webhook.rules import Etat, Reponse
from gateway.webhook.use_cases import relancer_attente
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.sortie import AdresseInterdite, epingler

log = get_logger(__name__)

POSTIER = Actor.systeme("Webhooks")
PAUSE = 1.0
DELAI = 15.0  # for a whole exchange: an address that answers drop by drop holds nothing
BAIL = timedelta(minutes=1)  # a sending in hand when the process died is taken up again after it
ENSEMBLE = 4
AGENT = "Amanela-Webhooks/1"

# The first of each record only: a fact waits for those before it.
_PRENDRE = text("""
UPDATE envoi_webhook SET prochain_le = :bail, tentatives = tentatives + 1 WHERE id IN (
  SELECT id FROM envoi_webhook e
  WHERE webhook_id = :webhook_id AND etat = 'attente' AND prochain_le <= :maintenant AND NOT EXISTS (
    SELECT FROM envoi_webhook q
    WHERE q.webhook_id = e.webhook_id AND q.cle = e.cle AND q.etat = 'attente' AND q.seq < e.seq)
  ORDER BY prochain_le, id LIMIT :ensemble FOR UPDATE SKIP LOCKED)
RETURNING id
""")
# How many addresses wait is what counts here, not how many facts: one probe of the index each.
_ATTENDUS = (
    select(Webhook.id)
    .where(
        Webhook.est_actif,
        select(EnvoiWebhook.id)
        .where(
            EnvoiWebhook.webhook_id == Webhook.id,
            EN_ATTENTE,
            EnvoiWebhook.prochain_le <= bindparam("maintenant"),
        )
        .exists(),
    )
    .order_by(Webhook.id)
)


class Postier:
    """The sender of one process; several may work at once, none takes what another holds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tournees: dict[UUID, asyncio.Task[bool]] = {}

    async def tourner(self) -> None:
        """Until cancelled."""
        async with _client() as client:
            try:
                while True:
                    for webhook_id in await self._attendus():
                        self._lancer(client, webhook_id)
                    await asyncio.sleep(PAUSE)
            finally:
                for tournee in self._tournees.values():
                    tournee.cancel()
                await asyncio.gather(*self._tournees.values(), return_exceptions=True)

    async def vider(self) -> None:
        """Send what is due now, and what that makes due, then return."""
        async with _client() as client:
            while any(await asyncio.gather(*(self._tournee(client, w) for w in await self._attendus()))):
                continue

    def _lancer(self, client: httpx.AsyncClient, webhook_id: UUID) -> None:
        courante = self._tournees.get(webhook_id)
        if courante is None or courante.done():
            self._tournees[webhook_id] = asyncio.create_task(self._tournee(client, webhook_id))

    async def _attendus(self) -> Sequence[UUID]:
        async with self._database.read() as session:
            return list(await session.scalars(_ATTENDUS, {"maintenant": self._database.clock.now()}))

    async def _tournee(self, client: httpx.AsyncClient, webhook_id: UUID) -> bool:
        """One address, until nothing more may leave now; whether something did. What goes wrong is tried at the next round."""
        servi = False
        try:
            while await self._servir(client, webhook_id):
                servi = True
        except Exception:
            log.exception("webhook.failed", webhook_id=str(webhook_id))
        return servi

    async def _servir(self, client: httpx.AsyncClient, webhook_id: UUID) -> bool:
        async with self._database.transaction(POSTIER) as tx:
            pris = await _prendre(tx, webhook_id)
        if pris is None:
            return False
        webhook, garant, envois = pris
        reponses = await asyncio.gather(*(self._poster(client, webhook, garant, envoi) for envoi in envois))
        async with self._database.transaction(POSTIER) as tx:
            await _noter(tx, webhook_id, list(zip(envois, reponses, strict=True)))
        return True

    async def _poster(
        self, client: httpx.AsyncClient, webhook: Webhook, garant: Compte, envoi: EnvoiWebhook
    ) -> Reponse | None:
        """What was answered; None when whoever answers for the webhook may no longer read this."""
        actor, maintenant = garant.acteur("webhook"), self._database.clock.now()
        if envoi.type != ESSAI and not rules.lisible(actor, envoi.type):
            return None
        settings = Means.of(self._database).settings
        couts = webhook.avec_couts and actor.may("couts.voir")
        corps = rules.corps(envoi.type, envoi.survenu_le, envoi.demande_id, envoi.contenu, couts=couts)
        cles = [coffre.ouvrir(settings, webhook.secret)]
        if webhook.ancien_secret and webhook.ancien_jusqu_au and webhook.ancien_jusqu_au > maintenant:
            cles.append(coffre.ouvrir(settings, webhook.ancien_secret))
        entetes = rules.entetes(envoi.fait_id, maintenant, corps, cles)
        return await poster(client, webhook.adresse, corps, entetes, prive=settings.webhooks_private)


def _client() -> httpx.AsyncClient:
    """No connection is kept: they are told apart by their IP address, and two names may share one."""
    limites = httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(timeout=DELAI, follow_redirects=False, limits=limites)


async def poster(
    client: httpx.AsyncClient, adresse: str, corps: str, entetes: dict[str, str], *, prive: bool
) -> Reponse:
    """One try; redirections are not followed, what is answered is read up to a few hundred characters."""
    debut = time.perf_counter()
    code, texte = None, ""
    try:
        async with asyncio.timeout(DELAI):
            cible = await epingler(adresse, prive=prive, clair=prive)
            entetes = entetes | cible.pop("headers") | {"content-type": "application/json", "user-agent": AGENT}
            async with client.stream("POST", **cible, content=corps.encode(), headers=entetes) as reponse:
                code = reponse.status_code
                texte = await _debut(reponse)
    except AdresseInterdite:
        texte = "Cette adresse mène au réseau local, ou n’est pas en https : rien n’a été envoyé."
    except (TimeoutError, httpx.TimeoutException):
        texte = f"Pas de réponse en {DELAI:.0f} s."
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError) as erreur:
        texte = f"Injoignable ({str(erreur) or type(erreur).__name__})."[: rules.REPONSE_MAX]
    return Reponse(code, texte, round((time.perf_counter() - debut) * 1000))


async def _debut(reponse: httpx.Response) -> str:
    lu = b""
    async for morceau in reponse.aiter_bytes():
        lu += morceau
        if len(lu) >= 4 * rules.REPONSE_MAX:
            break
    return lu.decode(errors="replace").replace("\x00", "")[: rules.REPONSE_MAX]


async def _prendre(tx: Transaction, webhook_id: UUID) -> tuple[Webhook, Compte, list[EnvoiWebhook]] | None:
    """What to send now, hidden from other senders for a while; an address that fails is tried one fact at a time."""
    webhook: Webhook | None = await tx.get(Webhook, webhook_id)
    garant = await tx.get(Compte, webhook.compte_id) if webhook is not None else None
    if webhook is None or garant is None or not webhook.est_actif:
        return None
    if not garant.est_actif:
        await _arreter(tx, webhook_id, f"Le compte de {garant.nom}, qui en répond, est fermé.")
        return None
    valeurs = {
        "webhook_id": webhook_id,
        "maintenant": tx.now,
        "bail": tx.now + BAIL,
        "ensemble": 1 if webhook.echoue_depuis else ENSEMBLE,
    }
    ids = list(await tx.scalars(_PRENDRE, valeurs))
    if not ids:
        return None
    lus = select(EnvoiWebhook).where(EnvoiWebhook.id == any_(bindparam("ids", ids, type_=ARRAY(Uuid))))
    return webhook, garant, list(await tx.scalars(lus.order_by(EnvoiWebhook.seq)))


async def _noter(tx: Transaction, webhook_id: UUID, tentes: list[tuple[EnvoiWebhook, Reponse | None]]) -> None:
    """Write down what was answered, and how the address goes."""
    for envoi, reponse in tentes:
        suite = _suite(tx, envoi.tentatives, reponse)
        await tx.execute(update(EnvoiWebhook).where(EnvoiWebhook.id == envoi.id).values(tente_le=tx.now, **suite))
    dits = [reponse for _, reponse in tentes if reponse is not None]
    if not dits:
        return
    if any(r.est_succes for r in dits):
        await _se_porte_bien(tx, webhook_id)
    else:
        await _echoue(tx, webhook_id, dits)


def _suite(tx: Transaction, tentatives: int, reponse: Reponse | None) -> dict[str, Any]:
    if reponse is None:
        interdit = "Qui répond de ce webhook n’a plus le droit de lire ce fait."
        return {"etat": Etat.ABANDONNE, "code": None, "reponse": interdit, "duree_ms": None}
    dit = {"code": reponse.code, "reponse": reponse.texte, "duree_ms": reponse.duree_ms}
    if reponse.est_succes:
        return {**dit, "etat": Etat.REMIS}
    attente = rules.attente(tentatives)
    if attente is None:
        return {**dit, "etat": Etat.ABANDONNE}
    return {**dit, "prochain_le": tx.now + attente}


async def _se_porte_bien(tx: Transaction, webhook_id: UUID) -> None:
    gueri = update(Webhook).where(Webhook.id == webhook_id, Webhook.echoue_depuis.is_not(None))
    if (await tx.scalar(gueri.values(echoue_depuis=None).returning(Webhook.id))) is not None:
        await relancer_attente(tx, webhook_id)
    await tx.execute(update(Webhook).where(Webhook.id == webhook_id).values(reussi_le=tx.now))


async def _echoue(tx: Transaction, webhook_id: UUID, dits: Sequence[Reponse]) -> None:
    depuis = func.coalesce(Webhook.echoue_depuis, tx.now)
    malade = update(Webhook).where(Webhook.id == webhook_id).values(echoue_depuis=depuis)
    debut = await tx.scalar(malade.returning(Webhook.echoue_depuis))
    if any(r.code == rules.PARTI for r in dits):
        await _arreter(tx, webhook_id, "L’adresse a répondu 410 : elle ne veut plus rien recevoir.")
    elif debut is not None and tx.now - debut >= rules.MORT:
        await _arreter(tx, webhook_id, f"Aucun envoi n’aboutit depuis {rules.MORT.days} jours.")


async def _arreter(tx: Transaction, webhook_id: UUID, motif: str) -> None:
    """Stop writing to an address, and tell the administrators."""
    webhook: Webhook | None = await tx.get(Webhook, webhook_id, with_for_update=True, populate_existing=True)
    if webhook is None or not webhook.est_actif:
        return
    webhook.arreter(motif)
    cause, lien = f"{webhook_id} {tx.now.isoformat()}", f"/administration/webhooks/{webhook_id}"
    await dire_a_qui_peut(tx, Message("webhook_arrete", cause, f"Webhook « {webhook.libelle} » arrêté", lien, motif))
