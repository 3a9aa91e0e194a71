"""Facts that wait in `parked` for another try: claimed when due, handled, then removed, put back or parked for good."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from structlog import get_logger

from shared.bus import inbox, metrics
from shared.bus.failures import is_alive, wait_alive, writing
from shared.bus.handling import call, cause, parking_for, read
from shared.bus.subscriptions import Subscription, Subscriptions
from shared.contracts.base import FACTS, Envelope
from shared.database.database import Database
from shared.database.loss import DatabaseUnavailable, is_connection_loss

log = get_logger(__name__)

BATCH = 20
JOBS_TOGETHER = 4
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 2.0
LEASE = timedelta(seconds=15)
RENEW_EVERY = 5.0

# The head of each key only, for ordered groups. The claim counts a try before it begins and hides the row for a while,
# so that neither a crash nor a second worker repeats it at once; a long job renews its lease.
_CLAIM = """
UPDATE parked SET attempts = attempts + 1, crashes = crashes + 1, last_at = $1, next_at = $2
WHERE (subscription, message_id) IN (
  SELECT subscription, message_id FROM parked p
  WHERE state = 'waiting' AND next_at <= $1 AND (groupe = 'travaux') = $3 AND NOT (ordered AND EXISTS (
    SELECT FROM parked q WHERE q.groupe = p.groupe AND q.key = p.key AND q.ordered AND q.rang < p.rang
    AND (q.state = 'waiting' OR q.strict)))
  ORDER BY rang LIMIT $4 FOR UPDATE SKIP LOCKED)
RETURNING rang, subscription, envelope, attempts, crashes
"""
_NEXT = "SELECT min(next_at) FROM parked WHERE state = 'waiting' AND (groupe = 'travaux') = $1"
_DONE = "DELETE FROM parked WHERE subscription = $1 AND message_id = $2 RETURNING 1"
_PUT_BACK = """
UPDATE parked SET state = $3, error = $4, next_at = $5, crashes = 0 WHERE subscription = $1 AND message_id = $2
"""
_RENEW = "UPDATE parked SET next_at = $3 WHERE subscription = $1 AND message_id = $2 AND state = 'waiting'"
_RELEASE = """
UPDATE parked SET crashes = 0, attempts = attempts - 1, next_at = $3 WHERE subscription = $1 AND message_id = $2
"""


@dataclass(frozen=True, slots=True)
class _Due:
    rang: int
    subscription: str
    envelope: Envelope
    attempts: int
    crashes: int


class Retrier:
    """The retry loop of one service; `jobs` says whether it is the one for jobs or the one for handlers."""

    def __init__(self, database: Database, subscriptions: Subscriptions, *, jobs: bool) -> None:
        self.database, self.subscriptions, self.jobs = database, subscriptions, jobs
        self._woken, self._stopping = asyncio.Event(), False
        self._interrupted: list[_Due] = []
        self._next_at: datetime | None = None

    def wake(self) -> None:
        """Something may be due."""
        self._woken.set()

    def stop(self) -> None:
        """End after what is in hand."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Handle what is due, until `stop()`."""
        while not self._stopping:
            self._woken.clear()
            try:
                with writing():
                    handled = await self.run_due()
            except DatabaseUnavailable:
                await wait_alive(self.database)
                continue
            except Exception:  # a loop that ends would leave every waiting fact: tell it and go on
                log.exception("bus.retry_loop_failed", service=self.database.service)
                handled = 0
            if not handled:
                await self._wait()

    async def _wait(self) -> None:
        """Until the next known due date, or a call to `wake`; other processes may add some, so never long."""
        left = (self._next_at - self.database.clock.now()).total_seconds() if self._next_at else LONGEST_PAUSE
        pause = min(left, LONGEST_PAUSE) if left > 0 else SHORTEST_PAUSE
        try:
            async with asyncio.timeout(pause):
                await self._woken.wait()
        except TimeoutError:
            return

    async def run_due(self) -> int:
        """One round: claim what is due and handle it; returns how many were claimed."""
        await self._release_interrupted()
        due = await self._claim() if await self._something_is_due() else []
        if self.jobs:
            await asyncio.gather(*(self._guarded(item, self._job) for item in due))
        else:
            for item in due:
                await self._guarded(item, self._handler)
        return len(due)

    async def _something_is_due(self) -> bool:
        async with self.database.statements() as connection:
            self._next_at = (await connection.exec_driver_sql(_NEXT, (self.jobs,))).scalar()
        return self._next_at is not None and self._next_at <= self.database.clock.now()

    async def _claim(self) -> list[_Due]:
        now = self.database.clock.now()
        limit = JOBS_TOGETHER if self.jobs else BATCH
        async with self.database.engine.begin() as connection:
            found = await connection.exec_driver_sql(_CLAIM, (now, now + LEASE, self.jobs, limit))
            rows = found.all()
        return sorted((_due(row) for row in rows), key=lambda item: item.rang)

    async def _guarded(self, item: _Due, work: Callable[[_Due, Subscription], Awaitable[None]]) -> None:
        subscription = self.subscriptions.named(item.subscription)
        if subscription is None or item.envelope.type not in FACTS:
            await self._put_back(item, inbox.Parking("parked", "abonnement inconnu", item.attempts, None))
        elif item.crashes > inbox.CRASHES_ALLOWED:
            await self._put_back(item, inbox.Parking("parked", inbox.CRASHED, item.attempts, None))
        else:
            await self._try(item, subscription, work)

    async def _try(
        self, item: _Due, subscription: Subscription, work: Callable[[_Due, Subscription], Awaitable[None]]
    ) -> None:
        metrics.RETRIES.labels(self.database.service, subscription.name).inc(item.attempts > 1)
        try:
            await work(item, subscription)
        except asyncio.CancelledError:
            self._interrupted.append(item)
            raise
        except Exception as error:
            if is_connection_loss(error) and not await is_alive(self.database):
                self._interrupted.append(item)
                raise DatabaseUnavailable(str(error)) from error
            await self._put_back(item, parking_for(error, item.attempts, subscription, self.database))

    async def _handler(self, item: _Due, subscription: Subscription) -> None:
        async with self.database.transaction(cause(item.envelope), envelope=item.envelope) as tx:
            connection = await tx.session.connection()
            if (await connection.exec_driver_sql(_DONE, (subscription.name, item.envelope.id))).first():
                await call(tx, subscription, item.envelope)

    async def _job(self, item: _Due, subscription: Subscription) -> None:
        renewing = asyncio.create_task(self._renew(item))
        try:
            await subscription.handle(self.database, read(item.envelope))
        finally:
            renewing.cancel()
        metrics.HANDLED.labels(self.database.service, subscription.name).inc()
        async with self.database.engine.begin() as connection:
            await connection.exec_driver_sql(_DONE, (subscription.name, item.envelope.id))

    async def _renew(self, item: _Due) -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY)
            until = self.database.clock.now() + LEASE
            try:
                async with self.database.engine.begin() as connection:
                    await connection.exec_driver_sql(_RENEW, (item.subscription, item.envelope.id, until))
            except Exception as error:  # at worst the job runs twice, which it must bear anyway
                log.warning("bus.lease_not_renewed", subscription=item.subscription, error=inbox.sentence(error))

    async def _put_back(self, item: _Due, parking: inbox.Parking) -> None:
        values = (item.subscription, item.envelope.id, parking.state, parking.error, parking.next_at)
        async with self.database.engine.begin() as connection:
            await connection.exec_driver_sql(_PUT_BACK, values)

    async def _release_interrupted(self) -> None:
        now = self.database.clock.now()
        while self._interrupted:
            item = self._interrupted[-1]
            async with self.database.engine.begin() as connection:
                await connection.exec_driver_sql(_RELEASE, (item.subscription, item.envelope.id, now))
            self._interrupted.pop()


def _due(row: Any) -> _Due:
    return _Due(row[0], row[1], Envelope.model_validate(row[2]), row[3], row[4])
