"""The database of one service: the only place where transactions begin and end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from shared.contracts.base import Envelope
from shared.database.audit import ServiceSession
from shared.database.engine import async_url, create_engine
from shared.database.etendue import Regles, reduire
from shared.database.session import DriverSession, HeldSession
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock, SystemClock


class ReadSession(HeldSession):
    """A session for queries: each statement stands alone, and writing is refused."""

    acteur: Actor | None = None
    etendues: Regles = ()


@event.listens_for(ReadSession, "do_orm_execute")
def _only_select(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise TypeError("db.read() is for queries: write inside db.transaction(actor)")
    session: Any = state.session
    reduire(state, session.acteur, session.etendues)


@event.listens_for(ServiceSession, "do_orm_execute")
def _within_reach(state: ORMExecuteState) -> None:
    session: Any = state.session
    reduire(state, session.acteur, session.etendues)


@event.listens_for(ReadSession, "before_flush")
def _never_flush(_session: Session, _context: Any, _instances: Any) -> None:
    raise TypeError("db.read() is for queries: write inside db.transaction(actor)")


class Database:
    """Owns the pool of one service in one process: `pool_size` connections kept, twice as many at peaks."""

    def __init__(
        self,
        service: str,
        url: str | URL,
        *,
        clock: Clock | None = None,
        pool_size: int = 4,
    ) -> None:
        self.service, self.url = service, async_url(url)
        self.means: Any = None  # shared.means.Means, set by the process that lends them
        self.etendues: Regles = ()  # whose the records are, set by the application of the service
        self.clock: Clock = clock or SystemClock()
        self.engine = create_engine(url, name=f"amanela-{service}", pool_size=pool_size)
        self._queries = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def begin(
        self, actor: Actor, *, correlation_id: UUID | None = None, envelope: Envelope | None = None
    ) -> Transaction:
        """A transaction that its caller will `finish()` or `abandon()`; nothing is sent before its first statement."""
        session = DriverSession(self.engine, sync_session_class=ServiceSession, expire_on_commit=False)
        session.sync_session.etendues = self.etendues  # type: ignore[attr-defined]
        return Transaction(self, session, actor, self.clock.now(), correlation_id=correlation_id, envelope=envelope)

    @asynccontextmanager
    async def transaction(
        self, actor: Actor, *, correlation_id: UUID | None = None, envelope: Envelope | None = None
    ) -> AsyncIterator[Transaction]:
        """Commits at the end of the block, undoes everything when it raises."""
        tx = self.begin(actor, correlation_id=correlation_id, envelope=envelope)
        try:
            yield tx
        except BaseException as error:
            await tx.abandon()
            if isinstance(error, StaleDataError):
                raise await tx.explain(error) from error
            raise
        await tx.finish()

    @asynccontextmanager
    async def read(self, actor: Actor | None = None) -> AsyncIterator[AsyncSession]:
        """A session for queries, one round trip per statement, never committed; within the reach of `actor`."""
        session = DriverSession(self._queries, sync_session_class=ReadSession, expire_on_commit=False, autoflush=False)
        if actor is not None:
            lue: Any = session.sync_session
            lue.acteur, lue.etendues = actor, self.etendues
        try:
            yield session
        finally:
            await session.close()

    def statements(self) -> AsyncConnection:
        """A bare connection (`async with`) whose statements each commit alone: the platform's own rows only."""
        return self._queries.connect()

    async def close(self) -> None:
        """Give every connection back to the server."""
        await self.engine.dispose()
