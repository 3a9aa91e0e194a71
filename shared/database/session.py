"""The sessions of a service: SQLAlchemy's, except that a statement built once goes by the driver under them."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.util import greenlet_spawn

from shared.database.statements import text_of

T = TypeVar("T")


class HeldSession(Session):
    """A session whose connection is the one its `DriverSession` holds."""

    take: Callable[[], Connection]

    def get_bind(self, *_asked: Any, **_options: Any) -> Connection:
        """Where every statement goes, whatever it reads."""
        return self.take()


class DriverSession(AsyncSession):
    """What is pending is flushed first, as a session does; a reach that narrows leaves its statements to the session.

    One connection is held from the first statement to the end, by whichever side needs it first: a unit of work without
    objects begins, commits and ends on it, and pays for no session (docs/decisions/0063).
    """

    def __init__(self, engine: AsyncEngine, **options: Any) -> None:
        super().__init__(engine, **options)
        self._engine, self._dialect = engine.sync_engine, engine.dialect
        self._held: Connection | None = None
        self._adapter: Any = None
        self.sync_session.take = self._take  # type: ignore[attr-defined]

    if not TYPE_CHECKING:  # read as what they replace

        async def execute(self, statement, params=None, **options):
            """Run a statement."""
            given = params[0] if isinstance(params, list) and len(params) == 1 else params or {}
            text = None
            if not options and not isinstance(given, list) and not self._is_narrowed():
                text = text_of(statement, given, self._dialect)
            if text is None:
                return await super().execute(statement, params, **options)
            sync = self.sync_session
            if sync.autoflush and (sync.new or sync.dirty or sync.deleted):
                await self.flush()
            return await self._send(text.sql, lambda driver: text.fetch(driver, given))

        async def scalars(self, statement, params=None, **options):
            """First column of every row."""
            return (await self.execute(statement, params, **options)).scalars()

        async def scalar(self, statement, params=None, **options):
            """First column of the first row, or None."""
            return (await self.execute(statement, params, **options)).scalar()

    async def fetch(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a text of ours, by the driver, in this transaction; nothing is flushed before."""
        found: list[Any] = await self._send(sql, lambda driver: driver.fetch(sql, *values))
        return found

    async def send_last(self, sql: str, *values: Any) -> None:
        """Run a text of ours that nothing but the commit follows: when nothing was sent before, it is the whole transaction."""
        await self._send(sql, lambda driver: driver.execute(sql, *values), begin=False)

    async def _send(self, sql: str, work: Callable[[asyncpg.Connection], Awaitable[T]], *, begin: bool = True) -> T:
        adapter = await self._driver()
        try:
            if begin and adapter._transaction is None:  # SQLAlchemy begins with the first statement it sends itself
                await adapter._start_transaction()
            return await work(adapter.driver_connection)
        except Exception as error:
            _tell(adapter, sql, error)
            raise
        except BaseException:  # cancelled: what the server is told to stop may be the next statement of this connection
            await self.invalidate()
            raise

    def _is_narrowed(self) -> bool:
        actor = getattr(self.sync_session, "acteur", None)
        return actor is not None and bool(actor.etendues)

    def _take(self) -> Connection:
        if self._held is None:
            self._held = self._engine.connect()
            self._adapter = self._held.connection.dbapi_connection
        return self._held

    async def _driver(self) -> Any:
        """SQLAlchemy's adapter of the connection this session holds."""
        if self._held is None:
            await greenlet_spawn(self._take)
        if self.sync_session.in_nested_transaction():  # its savepoint comes with the first use of the connection
            await self.connection()
        return self._adapter

    async def end(self) -> None:
        """Commit what objects and statements did (they share one transaction), then close."""
        await greenlet_spawn(self._end)

    def _end(self) -> None:
        if self.sync_session.in_transaction():
            self.sync_session.commit()
        if self._held is not None:
            try:
                self._adapter.commit()  # SQLAlchemy knows nothing of it when only the driver spoke
            except self._adapter.dbapi.Error as told:
                raise _error(self._adapter, "COMMIT", told) from told
            except BaseException:  # cancelled: as for a statement
                self._held.invalidate()
                raise
        self._give_back()

    async def invalidate(self) -> None:
        """Hang up: nobody else gets this connection."""
        if self._held is not None:
            await greenlet_spawn(self._held.invalidate)

    async def close(self) -> None:
        """Forget the objects, undo what was not committed, give the connection back."""
        if self._held is None:
            self.sync_session.close()
        else:
            await greenlet_spawn(self._give_back)

    def _give_back(self) -> None:
        held, self._held, self._adapter = self._held, None, None
        try:
            self.sync_session.close()
        finally:
            if held is not None:
                held.close()


def _tell(adapter: Any, sql: str, error: Exception) -> None:
    """Raise the error as SQLAlchemy does: whoever catches one need not know who sent the statement."""
    try:
        adapter._handle_exception(error)
    except adapter.dbapi.Error as told:
        raise _error(adapter, sql, told) from told


def _error(adapter: Any, sql: str, told: Exception) -> StatementError:
    return DBAPIError.instance(sql, None, told, adapter.dbapi.Error, hide_parameters=True)
