"""The door of a request: the only place where a route's transaction begins and ends."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database.database import Database
from shared.database.etendue import verifier
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.web.auth import lire_acteur
from shared.web.idempotence import RequestKey


class Door:
    """`async with db.transaction(actor) as tx` in a route; `async with db.read() as session` in a list."""

    def __init__(self, database: Database, key: RequestKey | None, actor: Actor | None = None) -> None:
        self.database = database
        self._key = key
        self._actor = actor

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Transaction]:
        """Commits on leaving; a keyed POST is flushed here and committed with its stored answer."""
        if self._key is None:
            async with self.database.transaction(actor) as tx:
                yield tx
            return
        tx = self.database.begin(actor)
        try:
            await self._key.claim(tx)
            yield tx
            await tx.flush()
        except BaseException:
            await tx.abandon()
            raise
        self._key.held = tx

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that only reads, within the reach of whoever asks."""
        return self.database.read(self._actor)


async def _door(request: Request) -> Door:
    database: Database = request.app.state.database
    actor = lire_acteur(request) if database.etendues else None
    if actor is not None and actor.etendues and request.path_params:
        async with database.read(actor) as session:
            await verifier(session, actor, database.etendues, request.path_params)
    return Door(database, getattr(request.state, "request_key", None), actor)


Db = Annotated[Door, Depends(_door)]


async def _if_match(if_match: Annotated[str | None, Header()] = None) -> int | None:
    brut = (if_match or "").strip('W/" ')
    return int(brut) if brut.isdigit() else None


IfMatch = Annotated[int | None, Depends(_if_match)]
