"""The sessions of a service: SQLAlchemy's, except that a statement built once goes by the driver under them."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.database.statements import text_of

T = TypeVar("T")


class DriverSession(AsyncSession):
    """What is pending is flushed first, as a session does; a reach that narrows leaves its statements to the session."""

    def __init__(self, engine: AsyncEngine, **options: Any) -> None:
        super().__init__(engine, **options)
        self._dialect: Dialect = engine.dialect
        self._adapter: Any = None
        self._begun: Any = None

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

    async def _send(self, sql: str, work: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
        adapter = await self._driver()
        try:
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

    async def _driver(self) -> Any:
        """SQLAlchemy's adapter of the connection this session holds, its transaction begun."""
        begun = self.sync_session.get_transaction()
        if begun is None or begun is not self._begun:
            held: Any = await (await self.connection()).get_raw_connection()
            self._adapter, self._begun = held.dbapi_connection, self.sync_session.get_transaction()
        if self._adapter._transaction is None:  # SQLAlchemy begins with the first statement it sends itself
            await self._adapter._start_transaction()
        return self._adapter


def _tell(adapter: Any, sql: str, error: Exception) -> None:
    """Raise the error as SQLAlchemy does: whoever catches one need not know who sent the statement."""
    errors = adapter.dbapi
    try:
        adapter._handle_exception(error)
    except errors.Error as told:
        raise DBAPIError.instance(sql, None, told, errors.Error, hide_parameters=True) from told
