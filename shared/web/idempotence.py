"""Idempotency keys: a POST repeated with its key gets the first answer, and is never done twice.

The key is claimed inside the transaction of the route and the answer is stored by the same transaction:
either both exist or neither. A second request with the key waits for the first one on the unique key.
"""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from shared.database.platform import idempotence
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.refusals import Conflict, Invalid

EN_TETE = "idempotency-key"
LONGUEUR_MAX = 120

PRENDRE = once(insert(idempotence).on_conflict_do_nothing().returning(idempotence.c.cle))
REPONDRE = once(
    update(idempotence).where(idempotence.c.acteur == bindparam("par"), idempotence.c.cle == bindparam("de"))
)


class CleDejaUtilisee(Conflict):
    """Cette clé d’envoi a déjà servi pour une autre opération ; renvoyez avec une nouvelle clé."""


class CleInvalide(Invalid):
    """La clé d’envoi (Idempotency-Key) doit compter de 1 à 120 caractères."""


class Rejeu(Exception):
    """The request was already carried out: `response` is what was answered then."""

    def __init__(self, response: Response) -> None:
        self.response = response


class RequestKey:
    """The key of one request, claimed by the first transaction the route opens."""

    def __init__(self, cle: str, empreinte: str) -> None:
        self.cle = cle
        self.empreinte = empreinte
        self.held: Transaction | None = None

    async def claim(self, tx: Transaction) -> None:
        """Reserve the key in `tx`; raises Rejeu when it already has its answer."""
        acteur = str(tx.actor.id or tx.actor.nom)
        ligne = {"acteur": acteur, "cle": self.cle, "empreinte": self.empreinte, "cree_le": tx.now}
        if (await tx.session.execute(PRENDRE, ligne)).first() is not None:
            return
        ou = (idempotence.c.acteur == acteur, idempotence.c.cle == self.cle)
        deja = (await tx.session.execute(select(idempotence).where(*ou))).mappings().one()
        if deja["empreinte"] != self.empreinte:
            raise CleDejaUtilisee
        raise Rejeu(Response(deja["corps"], deja["statut"], {**deja["entetes"], "idempotency-replayed": "true"}))

    async def settle(self, response: Response) -> None:
        """Store the answer in the transaction that did the work, then commit it."""
        tx = self.held
        if tx is None:
            return
        self.held = None
        try:
            acteur = str(tx.actor.id or tx.actor.nom)
            reponse = {
                "statut": response.status_code,
                "corps": bytes(response.body),
                "entetes": {"content-type": response.headers.get("content-type", "application/json")},
            }
            await tx.session.execute(REPONDRE, {"par": acteur, "de": self.cle, **reponse})
            await tx.finish()
        except BaseException:
            await tx.abandon()
            raise

    async def release(self) -> None:
        """The answer could not be made: nothing of the work remains."""
        if self.held is not None:
            tx, self.held = self.held, None
            await tx.abandon()


class IdempotentRoute(APIRoute):
    """Holds the commit of a keyed POST until its answer is rendered."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def handler(request: Request) -> Response:
            cle = request.headers.get(EN_TETE)
            if cle is None or request.method != "POST":
                return await answer(request)
            if not 0 < len(cle) <= LONGUEUR_MAX:
                raise CleInvalide
            empreinte = hashlib.sha256(request.url.path.encode() + b"\0" + await request.body()).hexdigest()
            key = request.state.request_key = RequestKey(cle, empreinte)
            try:
                response = await answer(request)
                await key.settle(response)
            except Rejeu as rejeu:
                return rejeu.response
            finally:
                await key.release()
            return response

        return handler
