"""The bus of a single process: the relay calls the subscriptions of every service itself."""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

from structlog import get_logger

from shared.bus.handling import GroupHandler, Trial
from shared.bus.inbox import sentence
from shared.bus.subscriptions import Groupe
from shared.bus.transport import Listener, Member
from shared.contracts.base import Envelope

log = get_logger(__name__)


class InProcessTransport:
    """A fact is safe once every subscription holds an inbox or a parked row for it; jobs are left to the retry loop."""

    def __init__(self) -> None:
        self._handlers: list[GroupHandler] = []
        self._listeners: list[Listener] = []
        self._trial = Trial()

    def attach(self, member: Member, wake: Callable[[], None]) -> None:
        """Deliver to the subscriptions of `member` from now on."""
        for groupe in member.subscriptions.groups():
            self._handlers.append(GroupHandler(member.database, member.subscriptions, groupe, wake, self._trial))

    async def publish(self, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> set[UUID]:
        """Call every group concerned, all at the same time; what a group could not keep is not safe."""
        concerned = [handler for handler in self._handlers if any(handler.wants(e) for e in batch)]
        outcomes = await asyncio.gather(
            *(self._deliver(handler, batch, suspects) for handler in concerned), return_exceptions=True
        )
        safe = {envelope.id for envelope in batch}
        for handler, outcome in zip(concerned, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                log.warning("bus.delivery_failed", service=handler.database.service, error=sentence(outcome))
                safe -= {envelope.id for envelope in batch if handler.wants(envelope)}
        await self._show(batch)
        return safe

    async def _deliver(self, handler: GroupHandler, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> None:
        if handler.groupe is Groupe.TRAVAUX:
            await handler.put_off(batch)
            return
        for start in range(0, len(batch), HANDLED_TOGETHER):
            await handler.handle(batch[start : start + HANDLED_TOGETHER], suspects)

    async def _show(self, batch: Sequence[Envelope]) -> None:
        for listener in self._listeners:
            for envelope in batch:
                try:
                    await listener(envelope)
                except Exception as error:
                    log.warning("bus.listener_failed", error=sentence(error))

    async def consume(self, member: Member, wake: Callable[[], None], stopping: asyncio.Event) -> None:
        """Deliveries come from the relays of this process."""
        del member, wake
        await stopping.wait()

    async def broadcast(self, listener: Listener) -> None:
        """Show every fact to `listener` until cancelled."""
        self._listeners.append(listener)
        try:
            await asyncio.Event().wait()
        finally:
            self._listeners.remove(listener)

    async def close(self) -> None:
        """Give back what the handlers hold."""
        for handler in self._handlers:
            await handler.close()


HANDLED_TOGETHER = 20
