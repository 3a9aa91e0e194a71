"""Takes the messages of one queue in batches, has them handled, and acknowledges only what is committed."""

import asyncio
from collections.abc import Awaitable, Callable

from aiormq.abc import AbstractChannel, AbstractConnection, DeliveredMessage
from aiormq.exceptions import AMQPError
from pydantic import ValidationError
from structlog import get_logger

from shared.bus.failures import wait_alive
from shared.bus.handling import GroupHandler, Trial
from shared.bus.inbox import sentence
from shared.bus.subscriptions import Groupe
from shared.bus.transport import Member
from shared.bus.transports.topology import Topology, queue_name
from shared.contracts.base import Envelope
from shared.database.loss import DatabaseUnavailable

log = get_logger(__name__)

BROKEN = (AMQPError, OSError, TimeoutError)
BATCH = 20
PREFETCH = 3 * BATCH
JOBS_TOGETHER = 4

Connect = Callable[[], Awaitable[AbstractConnection]]


class GroupConsumer:
    """The consumer of one service and group; `run` outlives the broker and the database."""

    def __init__(
        self,
        connect: Connect,
        topology: Topology,
        member: Member,
        groupe: Groupe,
        wake: Callable[[], None],
        trial: Trial,
    ) -> None:
        self._connect, self._topology, self._member = connect, topology, member
        self._is_job = groupe is Groupe.TRAVAUX
        self.queue = topology.prefix + queue_name(member.subscriptions, groupe)
        self.handler = GroupHandler(member.database, member.subscriptions, groupe, wake, trial)

    async def run(self, stopping: asyncio.Event) -> None:
        """Consume until `stopping`; reconnect, with topology declared again, after any break."""
        try:
            await self._listen(stopping)
        finally:
            await self.handler.close()

    async def _listen(self, stopping: asyncio.Event) -> None:
        delay = 0.1
        while not stopping.is_set():
            try:
                await self._session(stopping)
                delay = 0.1
            except Exception as error:  # the queue must be listened to again, whatever happened
                unforeseen = not isinstance(error, BROKEN)
                log.warning("bus.consumer_interrupted", queue=self.queue, error=sentence(error), exc_info=unforeseen)
                await _wait(stopping, delay)
                delay = min(delay * 2, 2.0)

    async def _session(self, stopping: asyncio.Event) -> None:
        connection = await self._connect()
        channel = await connection.channel(publisher_confirms=False)
        await self._topology.declare(channel, only=self.queue)
        workers = JOBS_TOGETHER if self._is_job else 1
        await channel.basic_qos(prefetch_count=workers if self._is_job else PREFETCH)
        intake = _Intake(workers)
        channel.closing.add_done_callback(intake.end)
        channel.on_consumer_cancel_callbacks.add(intake.end)
        watch = asyncio.create_task(_when(stopping, intake.end))
        try:
            await channel.basic_consume(self.queue, intake.receive)
            await asyncio.gather(*(self._work(channel, intake, stopping) for _ in range(workers)))
        finally:
            watch.cancel()
            intake.end()
            await _leave(channel)

    async def _work(self, channel: AbstractChannel, intake: "_Intake", stopping: asyncio.Event) -> None:
        size = 1 if self._is_job else BATCH
        while batch := await intake.take(size):
            if channel.is_closed or not await self._handle(channel, batch, stopping):
                return

    async def _handle(self, channel: AbstractChannel, batch: list[DeliveredMessage], stopping: asyncio.Event) -> bool:
        readable = [(message, envelope) for message in batch if (envelope := await self._read(message))]
        suspects = frozenset(envelope.id for message, envelope in readable if message.redelivered)
        while True:
            try:
                await self.handler.handle([envelope for _, envelope in readable], suspects)
                break
            except DatabaseUnavailable as error:
                log.warning("bus.database_lost", queue=self.queue, error=sentence(error))
                if not await _until_alive(self._member, stopping):
                    return False
        if channel.is_closed:
            return False
        await self._acknowledge(channel, batch, [message for message, _ in readable])
        return True

    async def _acknowledge(
        self, channel: AbstractChannel, batch: list[DeliveredMessage], handled: list[DeliveredMessage]
    ) -> None:
        tags = [message.delivery_tag for message in handled if message.delivery_tag is not None]
        if len(handled) == len(batch) and not self._is_job:
            await channel.basic_ack(tags[-1], multiple=True, wait=False)
            return
        for tag in tags:
            await channel.basic_ack(tag, wait=False)

    async def _read(self, message: DeliveredMessage) -> Envelope | None:
        try:
            return Envelope.model_validate_json(message.body)
        except ValidationError as error:
            log.error("bus.unreadable_message", queue=self.queue, error=sentence(error))
            if message.delivery_tag is not None:
                await message.channel.basic_reject(message.delivery_tag, requeue=False)
            return None


class _Intake:
    """Messages received and not yet taken; once ended, what remains goes back to the queue."""

    def __init__(self, workers: int) -> None:
        self._waiting: asyncio.Queue[DeliveredMessage | None] = asyncio.Queue()
        self._workers, self._ended = workers, False

    async def receive(self, message: DeliveredMessage) -> None:
        """Called by the channel."""
        self._waiting.put_nowait(message)

    def end(self, *_reason: object) -> None:
        """Nothing more is taken."""
        self._ended = True
        for _ in range(self._workers):
            self._waiting.put_nowait(None)

    async def take(self, size: int) -> list[DeliveredMessage]:
        """Up to `size` messages, at least one; empty at the end."""
        batch: list[DeliveredMessage] = []
        while not self._ended and len(batch) < size and not (batch and self._waiting.empty()):
            message = await self._waiting.get()
            if message is not None:
                batch.append(message)
        return [] if self._ended else batch


async def _leave(channel: AbstractChannel) -> None:
    """Closing the channel ends its consumer and gives unhandled messages back to the queue."""
    try:
        async with asyncio.timeout(2):
            await channel.close()
    except BROKEN as error:
        log.debug("bus.channel_left", error=sentence(error))


async def hang_up(connection: AbstractConnection) -> None:
    """Close without waiting for a broker that may be gone."""
    try:
        async with asyncio.timeout(2):
            await connection.close()
    except BROKEN as error:
        log.debug("bus.hang_up", error=sentence(error))


async def _when(stopping: asyncio.Event, end: Callable[[], None]) -> None:
    await stopping.wait()
    end()


async def _wait(stopping: asyncio.Event, delay: float) -> None:
    try:
        async with asyncio.timeout(delay):
            await stopping.wait()
    except TimeoutError:
        return


async def _until_alive(member: Member, stopping: asyncio.Event) -> bool:
    """True when the database is back, False when the process must stop first."""
    alive, stop = asyncio.create_task(wait_alive(member.database)), asyncio.create_task(stopping.wait())
    await asyncio.wait((alive, stop), return_when=asyncio.FIRST_COMPLETED)
    alive.cancel()
    stop.cancel()
    return not stopping.is_set()
