"""RabbitMQ between processes: confirmed publishing, consumers per service and group, live listening.

Speaks through aiormq, the protocol layer of aio-pika: batches are confirmed and acknowledged with less work per message,
and reconnection is ours alone (topology declared again, everything unconfirmed sent again).
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import cast
from uuid import UUID

import aiormq
import orjson
from aiormq.abc import AbstractConnection
from aiormq.channel import Channel
from aiormq.exceptions import PublishError
from pamqp.commands import Basic
from structlog import get_logger

from shared.bus import metrics
from shared.bus.consumer import BROKEN, GroupConsumer, hang_up
from shared.bus.handling import Trial
from shared.bus.inbox import sentence
from shared.bus.transport import Listener, Member, TransportUnavailable
from shared.bus.transports.topology import Topology
from shared.contracts.base import Envelope

log = get_logger(__name__)

PUBLISH_TIMEOUT = 10.0
CONNECT_TIMEOUT = 5.0
DEPTHS_EVERY = 15.0
PERSISTENT = 2


class RabbitTransport:
    """One connection to publish and one to consume per process, opened when needed and dropped at the first doubt."""

    def __init__(self, url: str, topology: Topology) -> None:
        self.url, self.topology = url, topology
        self._publishing: tuple[AbstractConnection, Channel] | None = None
        self._consuming: AbstractConnection | None = None
        self._opening, self._trial = asyncio.Lock(), Trial()
        self._broadcasting: AbstractConnection | None = None

    # Publishing ------------------------------------------------------------------------------------------------------

    async def publish(self, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> set[UUID]:
        """Persistent, mandatory, confirmed, pipelined. Safe: confirmed, or returned when nobody listens to it."""
        del suspects
        channel = await self._publishing_channel()
        outcomes = await asyncio.gather(*(self._send(channel, envelope) for envelope in batch), return_exceptions=True)
        safe, late_keys = set[UUID](), set[UUID]()
        for envelope, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                log.warning("bus.publish_refused", type=envelope.type, id=str(envelope.id), error=sentence(outcome))
                late_keys.add(envelope.key)
            elif envelope.key not in late_keys:
                safe.add(envelope.id)
        if late_keys:
            await self._drop_publishing()
        return safe

    async def _send(self, channel: Channel, envelope: Envelope) -> None:
        try:
            await channel.basic_publish(
                orjson.dumps(envelope.__dict__, default=str),
                exchange=self.topology.exchange,
                routing_key=envelope.type,
                properties=Basic.Properties(delivery_mode=PERSISTENT, content_type="application/json"),
                mandatory=True,
                timeout=PUBLISH_TIMEOUT,
                wait=False,
            )
        except PublishError:
            if envelope.type in self.topology.types:
                raise

    async def _publishing_channel(self) -> Channel:
        if self._publishing is not None and not self._publishing[1].is_closed:
            return self._publishing[1]
        async with self._opening:
            if self._publishing is None or self._publishing[1].is_closed:
                await self._drop_publishing()
                self._publishing = await self._open_publishing()
            return self._publishing[1]

    async def _open_publishing(self) -> tuple[AbstractConnection, Channel]:
        connection: AbstractConnection | None = None
        try:
            async with asyncio.timeout(2 * CONNECT_TIMEOUT):
                connection = await aiormq.connect(self.url)
                channel = cast(Channel, await connection.channel(publisher_confirms=True, on_return_raises=True))
                await self.topology.declare(channel)
        except BROKEN as error:
            if connection is not None:  # the broker went down while it was told the queues
                await hang_up(connection)
            raise TransportUnavailable(sentence(error)) from error
        return connection, channel

    async def _drop_publishing(self) -> None:
        held, self._publishing = self._publishing, None
        if held is not None:
            await hang_up(held[0])

    # Consuming -------------------------------------------------------------------------------------------------------

    async def consume(self, member: Member, wake: Callable[[], None], stopping: asyncio.Event) -> None:
        """One consumer per group of `member`, each reconnecting by itself."""
        consumers = [
            GroupConsumer(self.consuming_connection, self.topology, member, groupe, wake, self._trial)
            for groupe in member.subscriptions.groups()
        ]
        watching = asyncio.create_task(self._watch_depths({consumer.queue for consumer in consumers}))
        try:
            await asyncio.gather(*(consumer.run(stopping) for consumer in consumers))
        finally:
            watching.cancel()

    async def consuming_connection(self) -> AbstractConnection:
        """The connection shared by the consumers of the process."""
        async with self._opening:
            if self._consuming is None or self._consuming.is_closed:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    self._consuming = await aiormq.connect(self.url)
            return self._consuming

    # Listening -------------------------------------------------------------------------------------------------------

    async def broadcast(self, listener: Listener) -> None:
        """Show every fact to `listener` through a queue that dies with the connection."""
        while True:
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    self._broadcasting = await aiormq.connect(self.url)
                await self._listen(self._broadcasting, listener)
            except BROKEN as error:
                log.info("bus.listening_interrupted", error=sentence(error))
                await asyncio.sleep(1)
            finally:
                if self._broadcasting is not None:
                    await hang_up(self._broadcasting)

    async def _listen(self, connection: AbstractConnection, listener: Listener) -> None:
        channel = await connection.channel()
        await channel.exchange_declare(self.topology.exchange, exchange_type="topic", durable=True)
        queue = await channel.queue_declare("", exclusive=True, auto_delete=True, arguments={"x-max-length": 10_000})
        await channel.queue_bind(str(queue.queue), self.topology.exchange, routing_key="#")

        async def receive(message: aiormq.abc.DeliveredMessage) -> None:
            try:
                await listener(Envelope.model_validate_json(message.body))
            except Exception as error:
                log.warning("bus.listener_failed", error=sentence(error))

        await channel.basic_consume(str(queue.queue), receive, no_ack=True)
        await asyncio.shield(channel.closing)

    # Watching --------------------------------------------------------------------------------------------------------

    async def depths(self, queues: Iterable[str]) -> dict[str, int]:
        """Messages waiting in each queue."""
        connection = await self.consuming_connection()
        channel = await connection.channel()
        try:
            found = {name: await channel.queue_declare(name, passive=True) for name in queues}
        finally:
            await channel.close()
        return {name: answer.message_count or 0 for name, answer in found.items()}

    async def empty(self) -> None:
        """Throw away what waits in every queue: the databases were put back to another day."""
        channel = await (await self.consuming_connection()).channel()
        try:
            await self.topology.declare(channel)
            for queue in self.topology.queues:
                await channel.queue_purge(queue.name)
        finally:
            await channel.close()

    async def _watch_depths(self, queues: Iterable[str]) -> None:
        while True:
            await asyncio.sleep(DEPTHS_EVERY)
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    for name, depth in (await self.depths(queues)).items():
                        metrics.QUEUE_DEPTH.labels(name).set(depth)
            except BROKEN as error:
                log.debug("bus.depths_unknown", error=sentence(error))

    async def close(self) -> None:
        """Hang up everywhere."""
        await self._drop_publishing()
        if self._consuming is not None:
            await hang_up(self._consuming)
            self._consuming = None
