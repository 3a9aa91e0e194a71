"""Calls the subscriptions of one service and group: optimistically in one transaction, then one by one."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog import get_logger

from shared.bus import inbox, metrics
from shared.bus.copying import CopyWriter
from shared.bus.failures import UnreadableFact, is_alive, writing
from shared.bus.subscriptions import Groupe, Subscription, Subscriptions
from shared.contracts.base import FACTS, Envelope, Fact
from shared.database.database import Database
from shared.database.loss import DatabaseUnavailable, is_connection_loss
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.refusals import Refusal

log = get_logger(__name__)

Item = tuple[Subscription, Envelope]
RECONNECTIONS = 3


def cause(envelope: Envelope) -> Actor:
    """Who caused the fact, acting here through the service."""
    return Actor.systeme(envelope.acteur_nom, id=envelope.acteur_id)


def read(envelope: Envelope) -> Fact:
    """The fact inside, as its contract says."""
    try:
        return envelope.fact
    except ValidationError as error:
        raise UnreadableFact(str(error)) from error


async def call(tx: Transaction, subscription: Subscription, envelope: Envelope) -> None:
    """Run one handler in `tx`, in the name of who caused the fact."""
    tx.turn_to(cause(envelope), envelope)
    started = time.perf_counter()
    await subscription.handle(tx, read(envelope))
    metrics.handled(tx.service, subscription.name, time.perf_counter() - started)


def parking_for(error: Exception, attempts: int, subscription: Subscription, database: Database) -> inbox.Parking:
    """A refusal and an unreadable fact are parked at once; anything else is tried again later."""
    metrics.FAILURES.labels(database.service, subscription.name).inc()
    log.warning(
        "bus.failed",
        service=database.service,
        subscription=subscription.name,
        attempts=attempts,
        error=inbox.sentence(error),
        exc_info=not isinstance(error, Refusal),
    )
    if isinstance(error, Refusal | UnreadableFact):
        return inbox.Parking("parked", inbox.sentence(error), attempts, None)
    return inbox.backoff(attempts, database.clock.now(), inbox.sentence(error))


class Trial(asyncio.Lock):
    """One per process: suspects are handled one at a time, else a death would be blamed on whatever else was in hand.

    Jobs do not wait for it, nor does anything for them: they may be long.
    """


class GroupHandler:
    """The handlings of one group. After `handle`, every envelope is in charge of a row: it may be acknowledged."""

    def __init__(
        self,
        database: Database,
        subscriptions: Subscriptions,
        groupe: Groupe,
        wake: Callable[[], None] = lambda: None,
        trial: Trial | None = None,
    ) -> None:
        self.database, self.subscriptions, self.groupe = database, subscriptions, groupe
        self._wake, self._trial = wake, trial or Trial()
        self._survived: set[UUID] = set()
        self._copies = CopyWriter(database, groupe)

    def wants(self, envelope: Envelope) -> bool:
        """Whether a subscription of the group listens to it; unknown fact types are nobody's."""
        return envelope.type in FACTS and bool(self.subscriptions.of(self.groupe, envelope.type))

    async def _matters(self, envelope: Envelope) -> bool:
        """Whether somebody of the group listens to it now."""
        if not self.wants(envelope):
            return False
        with writing():
            for subscription in self.subscriptions.of(self.groupe, envelope.type):
                if subscription.when is None or await subscription.when(self.database, envelope.type):
                    return True
        return False

    async def handle(self, envelopes: Sequence[Envelope], suspects: frozenset[UUID] = frozenset()) -> None:
        """Handle facts in order. `suspects` were delivered before: their handling may have killed the process.

        Raises DatabaseUnavailable when nothing can be written: keep the envelopes and come back later.
        """
        # A relay that loses its lock in the middle of a batch is followed by one that sends it again: both copies may
        # be here, and the inbox only tells one batch from another.
        wanted = list({envelope.id: envelope for envelope in envelopes if await self._matters(envelope)}.values())
        if not wanted:
            return
        if self.groupe is not Groupe.TRAVAUX and suspects.isdisjoint(e.id for e in wanted):
            items = self._items(wanted)
            try:
                if not await self._copied(items):
                    await self._together(items)
            except Exception as error:
                log.info("bus.batch_split", service=self.database.service, error=inbox.sentence(error))
            else:
                return
        for envelope in wanted:
            suspect = envelope.id in suspects
            async with self._trial if suspect and self.groupe is not Groupe.TRAVAUX else nullcontext():
                await self._one(envelope, suspect=suspect)

    async def put_off(self, envelopes: Sequence[Envelope]) -> None:
        """Leave facts to the retry loop, due now: the in-process bus does so with jobs."""
        items = self._items(e for e in envelopes if self.wants(e))
        if items:
            await self._park(items, inbox.Parking("waiting", "", 0, self.database.clock.now()))

    def _items(self, envelopes: Iterable[Envelope]) -> list[Item]:
        return [(s, e) for e in envelopes for s in self.subscriptions.of(self.groupe, e.type)]

    async def close(self) -> None:
        """Give back what is held."""
        await self._copies.close()

    async def _copied(self, items: Sequence[Item]) -> bool:
        """Write the copies, when these items are nothing else and no parked fact comes before them."""
        facts: dict[str, list[Envelope]] = {}
        for subscription, envelope in items:
            if subscription.copy is None:
                return False
            facts.setdefault(subscription.name, []).append(envelope)
        for name, envelopes in facts.items():
            if not await self._copies.write(name, self.subscriptions.copy(name), envelopes):
                return False
        return True

    async def _together(self, items: Sequence[Item]) -> None:
        """Every item in one transaction, with the inbox rows that say it was done."""
        tx = self.database.begin(cause(items[0][1]), envelope=items[0][1])
        try:
            await self._fill(tx, items)
        except BaseException:
            await tx.abandon()
            raise
        await tx.finish()

    async def _fill(self, tx: Transaction, items: Sequence[Item]) -> None:
        keys = {e.key for s, e in items if s.is_ordered}
        taken = await inbox.take(tx, self.groupe, [(s.name, e.id) for s, e in items], keys)
        new = [item for item in items if (item[0].name, item[1].id) in taken.new]
        metrics.INBOX_CONFLICTS.labels(self.database.service).inc(len(items) - len(new))
        waiting = [item for item in new if item[1].key in taken.blocked]
        for subscription, envelope in new:
            if envelope.key not in taken.blocked:
                await call(tx, subscription, envelope)
        if waiting:
            await inbox.park(tx, waiting, inbox.Parking("waiting", "", 0, tx.now))
            self._wake()

    async def _one(self, envelope: Envelope, *, suspect: bool) -> None:
        """One envelope alone: each of its subscriptions in its own transaction."""
        items = self._items([envelope])
        with writing():
            async with self.database.engine.begin() as connection:
                left = await inbox.missing(connection, [(s.name, e.id) for s, e in items])
                crashed = bool(left) and suspect and await self._has_crashed(connection, envelope)
        items = [item for item in items if (item[0].name, envelope.id) in left]
        if crashed:
            await self._park(items, inbox.Parking("parked", inbox.CRASHED, inbox.CRASHES_ALLOWED, None))
        else:
            await self._attempt_each(items)
        if suspect and left:
            self._survived.discard(envelope.id)
            with writing():
                async with self.database.engine.begin() as connection:
                    await inbox.forget_attempt(connection, self.groupe, envelope.id)

    async def _has_crashed(self, connection: AsyncConnection, envelope: Envelope) -> bool:
        if envelope.id in self._survived:
            return False
        return await inbox.count_attempt(connection, self.groupe, envelope.id) > inbox.CRASHES_ALLOWED

    async def _attempt_each(self, items: Sequence[Item]) -> None:
        try:
            for item in items:
                await self._attempt(item)
        except BaseException:
            self._survived.update(envelope.id for _, envelope in items)
            raise

    async def _attempt(self, item: Item, losses: int = 0) -> None:
        work = self._job if item[0].is_job else self._together
        try:
            await work([item])
        except Exception as error:
            lost = is_connection_loss(error) and not (item[0].is_job and isinstance(error, OSError))
            if lost and not await is_alive(self.database):
                raise DatabaseUnavailable(str(error)) from error
            if lost and losses < RECONNECTIONS:
                await self._attempt(item, losses + 1)
                return
            await self._park([item], parking_for(error, 1, item[0], self.database))

    async def _job(self, items: Sequence[Item]) -> None:
        for subscription, envelope in items:
            started = time.perf_counter()
            await subscription.handle(self.database, read(envelope))
            metrics.handled(self.database.service, subscription.name, time.perf_counter() - started)
            async with self.database.transaction(cause(envelope)) as tx:
                await inbox.take(tx, self.groupe, [(subscription.name, envelope.id)], ())

    async def _park(self, items: Sequence[Item], parking: inbox.Parking) -> None:
        with writing():
            async with self.database.transaction(cause(items[0][1])) as tx:
                taken = await inbox.take(tx, self.groupe, [(s.name, e.id) for s, e in items], ())
                new = [item for item in items if (item[0].name, item[1].id) in taken.new]
                if new:
                    await inbox.park(tx, new, parking)
        self._wake()
