"""Every database as it was at one instant, while people work.

A database read a second after another would know facts that the other has not announced yet. No fact can be announced
while `outbox` is locked: all of them are, for the few milliseconds it takes to open a view of each database.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg

from deploy.backup.errors import BackupFailed
from deploy.platform import present
from deploy.topology import PARTS, Part
from shared.database.engine import connect
from shared.settings import Settings

TRIES = 20
LOCK = "BEGIN; SET LOCAL lock_timeout = '2s'; LOCK TABLE outbox IN SHARE MODE"
SNAPSHOT = "SELECT pg_export_snapshot()"
BUSY = "L’activité n’a pas laissé une seconde pour figer les bases. Recommencez à un moment plus calme."


@dataclass(frozen=True, slots=True)
class View:
    """One database at that instant: `connection` reads it, other programs join it by the name of its `snapshot`."""

    part: Part
    url: str
    connection: asyncpg.Connection
    snapshot: str


@asynccontextmanager
async def one_instant(settings: Settings) -> AsyncIterator[list[View]]:
    """A view of every database; BackupFailed when long writes leave no room for it."""
    async with AsyncExitStack() as stack:
        lived = [(part, settings.database_of(part.name)) for part in present(PARTS)]
        readers = [(part, url, await _connect(url, stack)) for part, url in lived]
        for _ in range(TRIES):
            try:
                async with AsyncExitStack() as locks:
                    for connection in [await _connect(url, locks) for _, url in lived]:
                        await connection.execute(LOCK)
                    views = [await _view(part, url, connection) for part, url, connection in readers]
            except asyncpg.LockNotAvailableError:
                await asyncio.sleep(1)  # a waiting lock makes writers wait: let them pass
            else:
                yield views
                return
    raise BackupFailed(BUSY)


async def _connect(url: str, stack: AsyncExitStack) -> asyncpg.Connection:
    connection = await connect(url)
    stack.push_async_callback(connection.close)
    return connection


async def _view(part: Part, url: str, connection: asyncpg.Connection) -> View:
    await connection.transaction(isolation="repeatable_read", readonly=True).start()
    return View(part, url, connection, await connection.fetchval(SNAPSHOT))
