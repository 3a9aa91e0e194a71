"""What a way of carrying facts must offer, whichever it is."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shared.bus.subscriptions import Subscriptions
from shared.contracts.base import Envelope
from shared.database.database import Database

Listener = Callable[[Envelope], Awaitable[None]]


class TransportUnavailable(Exception):
    """The transport cannot take facts for now; they stay in the outbox."""


@dataclass(frozen=True, slots=True)
class Member:
    """One service taking part in the bus of this process."""

    database: Database
    subscriptions: Subscriptions

    @property
    def service(self) -> str:
        """Its name."""
        return self.database.service


class Transport(Protocol):
    """Carries facts at least once, in order per key unless a failure repeats some."""

    async def publish(self, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> set[UUID]:
        """Hand facts over; returns the ids that are safe with the transport. `suspects` were already tried once
        by a process that is gone."""

    async def consume(self, member: Member, wake: Callable[[], None], stopping: asyncio.Event) -> None:
        """Feed the subscriptions of `member` until `stopping`, then finish what is in hand.

        `wake` says that something waits for a retry.
        """

    async def broadcast(self, listener: Listener) -> None:
        """Show every fact to `listener` until cancelled, at best: nothing is kept while nobody listens."""

    async def close(self) -> None:
        """Let go of every connection."""
