"""What an operator sees and does with facts, one service database at a time: counts, parked facts, replay, resend, trim."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy.engine import URL

from shared.database.engine import connect
from shared.database.platform import NOTIFY_CHANNEL

TRIMMED_TOGETHER = 5000
INBOX_KEPT_LONGER = timedelta(days=7)  # a fact sent again on the last day of its outbox is still known as handled

_COUNTS = """
SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS unsent,
  (SELECT min(occurred_at) FROM outbox WHERE published_at IS NULL) AS oldest_unsent,
  (SELECT count(*) FROM parked WHERE state = 'waiting') AS waiting,
  (SELECT count(*) FROM parked WHERE state = 'parked') AS parked,
  (SELECT count(*) FROM outbox WHERE published_at IS NOT NULL) AS kept
"""
_LIST = """
SELECT message_id, subscription, type, state, attempts, first_at, last_at, next_at, error FROM parked
WHERE ($1::text IS NULL OR state = $1) ORDER BY rang LIMIT $2
"""
_SHOW_PARKED = "SELECT subscription, state, attempts, first_at, last_at, next_at, error, envelope FROM parked WHERE message_id = $1"
_SHOW_SENT = """
SELECT seq, id, type, key, correlation_id, causation_id, acteur_id, acteur_nom, occurred_at, published_at, payload
FROM outbox WHERE id = $1
"""
_HANDLED = "SELECT subscription, processed_at FROM inbox WHERE message_id = $1 ORDER BY processed_at"
_REPLAY = """
UPDATE parked SET state = 'waiting', attempts = 0, crashes = 0, next_at = clock_timestamp()
WHERE state = 'parked' AND ($1::uuid IS NULL OR message_id = $1) AND ($2::text IS NULL OR subscription = $2)
"""
_RESEND = """
UPDATE outbox SET published_at = NULL
WHERE published_at IS NOT NULL AND occurred_at >= $1 AND ($2::text IS NULL OR type = $2)
"""
_TRIMS = {
    "outbox": "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE published_at < $1 LIMIT $2)",
    "inbox": """DELETE FROM inbox WHERE (subscription, message_id) IN
      (SELECT subscription, message_id FROM inbox WHERE processed_at < $1 LIMIT $2)""",
    "attempt": """DELETE FROM attempt WHERE (groupe, message_id) IN
      (SELECT groupe, message_id FROM attempt WHERE last_at < $1 LIMIT $2)""",
    "idempotence": """DELETE FROM idempotence WHERE (cle, acteur) IN
      (SELECT cle, acteur FROM idempotence WHERE cree_le < $1 LIMIT $2)""",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """The state of one service's facts."""

    unsent: int
    oldest_unsent: datetime | None
    waiting: int
    parked: int
    kept: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A fact put aside by one subscription: `waiting` for its next try, or `parked` until somebody replays it."""

    message_id: UUID
    subscription: str
    type: str
    state: str
    attempts: int
    first_at: datetime
    last_at: datetime
    next_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that one service knows of a fact: as announced, as put aside, as handled."""

    announced: dict[str, Any] | None
    stopped: list[dict[str, Any]]
    handled: list[dict[str, Any]]


class Operations:
    """The facts of one service database."""

    def __init__(self, url: str | URL) -> None:
        self._url = url

    async def counts(self) -> Counts:
        """How many facts wait, are parked, or are kept."""
        async with self._connection() as connection:
            row = await connection.fetchrow(_COUNTS)
        return Counts(**dict(row))

    async def stopped(self, state: str | None = None, limit: int = 200) -> list[Stopped]:
        """Facts put aside, oldest first; of one state or of both."""
        async with self._connection() as connection:
            rows = await connection.fetch(_LIST, state, limit)
        return [Stopped(**dict(row)) for row in rows]

    async def show(self, message_id: UUID) -> Known:
        """Everything about one fact, as this service knows it."""
        async with self._connection() as connection:
            announced = await connection.fetchrow(_SHOW_SENT, message_id)
            stopped = await connection.fetch(_SHOW_PARKED, message_id)
            handled = await connection.fetch(_HANDLED, message_id)
        return Known(
            _readable(announced) if announced else None,
            [_readable(row) for row in stopped],
            [dict(row) for row in handled],
        )

    async def replay(self, message_id: UUID | None = None, subscription: str | None = None) -> int:
        """Give parked facts (one, those of one subscription, or all) all their tries again; how many."""
        async with self._connection() as connection:
            return _count(await connection.execute(_REPLAY, message_id, subscription))

    async def resend(self, since: datetime, type_: str | None = None) -> int:
        """Mark the facts announced since then as unsent: a broker that lost its queues is refilled. How many.

        Listeners that handled them already recognise them and do nothing.
        """
        async with self._connection() as connection:
            count = _count(await connection.execute(_RESEND, since, type_))
            await connection.execute("SELECT pg_notify($1, '')", NOTIFY_CHANNEL)
        return count

    async def trim(self, before: datetime) -> dict[str, int]:
        """Forget delivered facts older than `before`, in small batches; rows removed by table."""
        removed = dict.fromkeys(_TRIMS, 0)
        async with self._connection() as connection:
            for table, statement in _TRIMS.items():
                limit = before - INBOX_KEPT_LONGER if table == "inbox" else before
                while count := _count(await connection.execute(statement, limit, TRIMMED_TOGETHER)):
                    removed[table] += count
        return removed

    @asynccontextmanager
    async def _connection(self) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
        connection = await connect(self._url)
        try:
            yield connection
        finally:
            await connection.close()


def _readable(row: Any) -> dict[str, Any]:
    found = dict(row)
    for name in ("payload", "envelope"):
        if isinstance(found.get(name), str):
            found[name] = orjson.loads(found[name])
    return found


def _count(status: str) -> int:
    """ "UPDATE 3" means three."""
    return int(status.rpartition(" ")[2])
