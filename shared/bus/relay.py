"""Hands the outbox of one service to the transport: one active relay per database, woken by NOTIFY."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from structlog import get_logger

from shared.bus import metrics
from shared.bus.inbox import sentence
from shared.bus.transport import Transport, TransportUnavailable
from shared.contracts.base import Envelope
from shared.database.database import Database
from shared.database.engine import connect
from shared.database.loss import DatabaseUnavailable, is_connection_loss
from shared.database.platform import NOTIFY_CHANNEL

log = get_logger(__name__)

BATCH = 100
POLL = 1.0
STANDBY_POLL = 1.0
AFTER_FAILURE = 0.5
MEASURE_EVERY = 5.0
LOCK = 0x616D616E

_UNSENT = """
SELECT seq, id, type, key, correlation_id, causation_id, acteur_id, acteur_nom, occurred_at,
  payload::text AS payload
FROM outbox WHERE published_at IS NULL AND NOT key = ANY($1::uuid[]) ORDER BY seq LIMIT $2
"""
_MARK = "UPDATE outbox SET published_at = clock_timestamp() WHERE seq = ANY($1::bigint[]) AND published_at IS NULL"
_HIGHEST = "SELECT coalesce(max(seq), 0) FROM outbox WHERE published_at IS NULL"
_PARKED = """
SELECT s.state, count(p.state) FROM (VALUES ('waiting'), ('parked')) AS s(state) LEFT JOIN parked p USING (state)
GROUP BY s.state
"""
_LAG = """
SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(occurred_at)), 0)::float
FROM outbox WHERE published_at IS NULL
"""


class Relay:
    """The relay of one database. `run()` lives until `stop()`; `sweep_once()` serves an in-process drain."""

    def __init__(self, database: Database, transport: Transport) -> None:
        self.database, self.transport = database, transport
        self._woken, self._stopping = asyncio.Event(), False
        self._leftover = 0
        self._measured_at = 0.0

    async def run(self) -> None:
        """Stand by, lead, and start again after any failure."""
        delay = 0.05
        while not self._stopping:
            try:
                await self._lead()
            except (
                Exception
            ) as error:  # a relay that stops stops every fact of its service: whatever it is, start again
                unforeseen = not is_connection_loss(error)
                log.warning(
                    "bus.relay_interrupted", service=self.database.service, error=sentence(error), exc_info=unforeseen
                )
                await asyncio.sleep(delay)
                delay = min(delay * 2, 2.0)
            finally:
                metrics.RELAY_LEADER.labels(self.database.service).set(0)

    def stop(self) -> None:
        """End after the pass in hand."""
        self._stopping = True
        self._woken.set()

    def wake(self, *_notification: Any) -> None:
        """Something was committed."""
        self._woken.set()

    async def sweep_once(self) -> bool:
        """One pass over a pooled connection; whether anything was published."""
        async with self.database.engine.connect() as connection:
            raw: asyncpg.Connection = (await connection.get_raw_connection()).driver_connection
            if not await raw.fetchval("SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)"):
                return False
            if not await self.sweep(raw):
                raise TransportUnavailable("a fact was not taken by every service: see the log")
        return True

    async def _lead(self) -> None:
        """Hold the lock and the ear of the database on one connection: losing it loses both."""
        name = {"application_name": f"relay-{self.database.service}"}
        connection = await connect(self.database.url, command_timeout=30, server_settings=name)
        try:
            await connection.add_listener(NOTIFY_CHANNEL, self.wake)
            if await self._become_leader(connection):
                metrics.RELAY_LEADER.labels(self.database.service).set(1)
                self._leftover = await connection.fetchval(_HIGHEST)
            while not self._stopping:
                self._woken.clear()
                complete = await self._pass(connection)
                await self._measure(connection)
                await (self._wait() if complete else asyncio.sleep(AFTER_FAILURE))
        finally:
            await _hang_up(connection)

    async def _become_leader(self, connection: asyncpg.Connection) -> bool:
        while not self._stopping:
            if await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                return True
            await asyncio.sleep(STANDBY_POLL)
        return False

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _pass(self, connection: asyncpg.Connection) -> bool:
        try:
            complete = await self.sweep(connection)
        except (TransportUnavailable, DatabaseUnavailable) as error:
            log.warning("bus.publish_failed", service=self.database.service, error=sentence(error))
            return False
        self._leftover = 0 if complete else self._leftover
        return complete

    async def _measure(self, connection: asyncpg.Connection) -> None:
        if time.monotonic() - self._measured_at < MEASURE_EVERY:
            return
        self._measured_at = time.monotonic()
        service = self.database.service
        unsent, oldest = await connection.fetchrow(_LAG)
        metrics.OUTBOX_UNSENT.labels(service).set(unsent)
        metrics.OUTBOX_OLDEST.labels(service).set(oldest)
        for state, count in await connection.fetch(_PARKED):
            metrics.PARKED.labels(service, state).set(count)

    async def sweep(self, connection: asyncpg.Connection) -> bool:
        """Publish everything unsent, in seq order; False when some of it was not taken.

        `seq` is not the order of commits: each batch starts again from the lowest unsent row, so that a row committed
        late goes before the later ones of its key. A fact that was not taken holds back those, for the same reason.
        """
        held = set[UUID]()
        while rows := await connection.fetch(_UNSENT, list(held), BATCH):
            batch = [_envelope(row) for row in rows]
            safe = await self._publish(batch)
            if safe:
                await connection.execute(_MARK, [envelope.seq for envelope in batch if envelope.id in safe])
            held.update(envelope.key for envelope in batch if envelope.id not in safe)
            if len(rows) < BATCH:
                break
        return not held

    async def _publish(self, batch: Sequence[Envelope]) -> set[UUID]:
        started = time.perf_counter()
        suspects: frozenset[UUID] = frozenset(e.id for e in batch if e.seq <= self._leftover)
        safe = await self.transport.publish(batch, suspects)
        metrics.PUBLISH_SECONDS.labels(self.database.service).observe(time.perf_counter() - started)
        metrics.PUBLISHED.labels(self.database.service).inc(len(safe))
        return safe


def _envelope(row: asyncpg.Record) -> Envelope:
    return Envelope.model_construct(**dict(row.items()) | {"payload": orjson.loads(row["payload"])})


async def _hang_up(connection: asyncpg.Connection) -> None:
    try:
        await connection.close(timeout=1)
    except Exception:  # the server may be gone, or the connection in any state
        connection.terminate()
