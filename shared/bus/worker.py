"""The event side of a process: for each service it hosts, a relay, its consumers and its retry loops."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from structlog import get_logger

from shared.bus.relay import Relay
from shared.bus.retries import Retrier
from shared.bus.transport import Member, Transport
from shared.bus.transports.inprocess import InProcessTransport

log = get_logger(__name__)

STOP_WITHIN = 10.0


class Worker:
    """Runs the bus for `members` over `transport`.

    `start()` and `stop()` for a living process; `drain()` alone for a loader or a test on the in-process bus.
    """

    def __init__(self, members: Sequence[Member], transport: Transport, *, relay: bool = True) -> None:
        self.members, self.transport = members, transport
        self._relays = [Relay(member.database, transport) for member in members] if relay else []
        self._retriers = [
            Retrier(member.database, member.subscriptions, jobs=jobs) for member in members for jobs in (False, True)
        ]
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        if isinstance(transport, InProcessTransport):
            for member in members:
                transport.attach(member, self._wake)

    def _wake(self) -> None:
        for retrier in self._retriers:
            retrier.wake()

    async def start(self) -> None:
        """Begin relaying, consuming and retrying."""
        self._spawn(*(relay.run() for relay in self._relays))
        self._spawn(*(retrier.run() for retrier in self._retriers))
        self._spawn(*(self.transport.consume(member, self._wake, self._stopping) for member in self.members))

    def _spawn(self, *works: Coroutine[Any, Any, None]) -> None:
        self._tasks.extend(asyncio.create_task(work) for work in works)

    async def run(self) -> None:
        """Start, then wait; ends only if a part fails in a way nobody foresaw, or when cancelled."""
        await self.start()
        try:
            await asyncio.gather(*self._tasks)
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Stop taking facts, finish what is in hand, let go; within 10 seconds."""
        self._stopping.set()
        for relay in self._relays:
            relay.stop()
        for retrier in self._retriers:
            retrier.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self._tasks = []
        await self.transport.close()

    async def drain(self) -> None:
        """Deliver until nothing is unsent or due. In-process only, and not beside `start()`."""
        if not isinstance(self.transport, InProcessTransport) or self._tasks:
            raise RuntimeError("drain() is for an in-process bus that is not running")
        while await self._sweep_all() or await self._retry_all():
            continue

    async def _sweep_all(self) -> int:
        return sum([await relay.sweep_once() for relay in self._relays])

    async def _retry_all(self) -> int:
        return sum([await retrier.run_due() for retrier in self._retriers])
