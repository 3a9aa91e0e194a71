"""What the bus costs: the whole pipeline beside a bare consumer of the same queue, and the time from commit to effect.

`python -m bench.bus [facts]` on an otherwise idle machine; prints the ratios of the targets (docs/decisions/0012).
"""

import asyncio
import contextlib
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import aiormq
import asyncpg
import orjson
import structlog
import uvloop
from aiormq.abc import DeliveredMessage
from sqlalchemy import BigInteger, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.bus.consumer import BATCH, PREFETCH
from shared.bus.handling import GroupHandler
from shared.bus.relay import Relay
from shared.bus.subscriptions import Subscriptions
from shared.bus.transport import Member, Transport
from shared.bus.transports.inprocess import InProcessTransport
from shared.bus.transports.rabbit import RabbitTransport
from shared.bus.transports.topology import Topology
from shared.bus.worker import Worker
from shared.contracts.base import Envelope, Fact
from shared.database import platform
from shared.database.base import ServiceBase
from shared.database.columns import Aggregate, Identifie
from shared.database.database import Database
from shared.database.engine import connect, ensure_database
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.settings import with_database

POSTGRES = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432")
RABBIT = os.environ.get("BENCH_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672/")
MOI = Actor(nom="Mesure", permissions=frozenset({"*"}))
PREFIX = f"bench_{new_id().hex}."
WRITERS = 8


class Base(ServiceBase, DeclarativeBase):
    """The tables of the measure."""


class Piece(Aggregate, Base):
    """What the emitter writes."""

    __tablename__ = "piece"
    rang: Mapped[int]


class Effet(Identifie, Base):
    """What the listener writes."""

    __tablename__ = "effet"
    piece_id: Mapped[UUID]
    rang: Mapped[int]


class Copie(Base):
    """What a listener that only follows keeps."""

    __tablename__ = "copie"
    piece_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    rang: Mapped[int]


class PieceFaite(Fact, type="mesure.piece_faite.v1", key="piece_id"):
    """The fact that travels."""

    piece_id: UUID
    rang: int


Listening = Callable[..., Any]


async def orm(tx: Transaction, fait: PieceFaite) -> None:
    """One ORM row."""
    tx.add(Effet(piece_id=fait.piece_id, rang=fait.rang))


def projection(fait: PieceFaite) -> Values:
    """One row of a copy."""
    return {"piece_id": fait.piece_id, "rang": fait.rang}


def listening(handler: Listening) -> Subscriptions:
    """One ordered subscription."""
    declared = Subscriptions("mesure")
    if handler is projection:
        declared.copies(Copie, PieceFaite)(projection)
    else:
        declared.on(PieceFaite)(orm)
    return declared


async def fresh(name: str) -> Database:
    """An empty database of its own."""
    base = f"bench_bus_{name}"
    admin = await connect(with_database(POSTGRES, "postgres"))
    await admin.execute(f'DROP DATABASE IF EXISTS "{base}" WITH (FORCE)')
    await admin.close()
    url = with_database(POSTGRES, base)
    await ensure_database(url)
    database = Database(name, url, pool_size=WRITERS)
    async with database.engine.begin() as connection:
        await connection.run_sync(platform.metadata.create_all)
        await connection.run_sync(Base.metadata.create_all)
    return database


async def write(database: Database, count: int) -> float:
    """Facts per second written by ORM with audit and outbox."""
    numbers = iter(range(count))

    async def writer() -> None:
        for rang in numbers:
            async with database.transaction(MOI) as tx:
                piece = Piece(rang=rang)
                tx.add(piece)
                tx.publish(PieceFaite(piece_id=piece.id, rang=rang))

    started = time.perf_counter()
    await asyncio.gather(*(writer() for _ in range(WRITERS)))
    return count / (time.perf_counter() - started)


async def relay(database: Database, transport: Transport, count: int) -> float:
    """Facts per second from outbox to queue."""
    started = time.perf_counter()
    await Relay(database, transport).sweep_once()
    return count / (time.perf_counter() - started)


async def bare(queue: str, count: int) -> float:
    """Messages per second of a consumer that only acknowledges."""
    connection = await aiormq.connect(RABBIT)
    channel = await connection.channel(publisher_confirms=False)
    await channel.basic_qos(prefetch_count=PREFETCH)
    done, left = asyncio.Event(), count

    async def receive(message: DeliveredMessage) -> None:
        nonlocal left
        await channel.basic_ack(message.delivery_tag or 0, wait=False)
        left -= 1
        if left == 0:
            done.set()

    started = time.perf_counter()
    await channel.basic_consume(queue, receive)
    await done.wait()
    rate = count / (time.perf_counter() - started)
    await connection.close()
    return rate


async def plain(database: Database, queue: str, count: int) -> float:
    """The same consumer, batches and inbox, on asyncpg without our code."""
    connection, pg = await aiormq.connect(RABBIT), await connect(database.url)
    channel = await connection.channel(publisher_confirms=False)
    await channel.basic_qos(prefetch_count=PREFETCH)
    waiting: asyncio.Queue[DeliveredMessage] = asyncio.Queue()
    started, left = time.perf_counter(), count
    await channel.basic_consume(queue, waiting.put)
    while left:
        batch = [await waiting.get()]
        while len(batch) < BATCH and not waiting.empty():
            batch.append(waiting.get_nowait())
        await _plain_batch(pg, [orjson.loads(message.body) for message in batch])
        await channel.basic_ack(batch[-1].delivery_tag or 0, multiple=True, wait=False)
        left -= len(batch)
    rate = count / (time.perf_counter() - started)
    await connection.close()
    await pg.close()
    return rate


async def _plain_batch(pg: asyncpg.Connection, batch: Sequence[dict[str, Any]]) -> None:
    async with pg.transaction():
        ids = [envelope["id"] for envelope in batch]
        await pg.fetch(
            "INSERT INTO inbox (subscription, message_id) SELECT 'plain', unnest($1::uuid[])"
            " ON CONFLICT DO NOTHING RETURNING message_id",
            ids,
        )
        for envelope in batch:
            fact = envelope["payload"]
            await pg.execute("INSERT INTO effet VALUES ($1, $2, $3)", new_id(), fact["piece_id"], fact["rang"])


async def consume(database: Database, handler: Listening, count: int) -> float:
    """Facts per second through our consumer, inbox and handler."""
    subscriptions = listening(handler)
    transport = RabbitTransport(RABBIT, Topology.of([subscriptions], prefix=PREFIX))
    seen = Seen()
    worker = Worker([Member(database, subscriptions)], transport, relay=False)
    with seen.watching():
        started = time.perf_counter()
        await worker.start()
        await seen.until(count)
        rate = count / (time.perf_counter() - started)
    await worker.stop()
    return rate


class Seen:
    """When the handling of each fact was committed."""

    def __init__(self) -> None:
        self.at: dict[int, float] = {}
        self._changed = asyncio.Event()

    @contextlib.contextmanager
    def watching(self) -> Any:
        """Note every batch handled in this process."""
        original = GroupHandler.handle

        async def handle(
            handler: GroupHandler, envelopes: Sequence[Envelope], suspects: frozenset[UUID] = frozenset()
        ) -> None:
            await original(handler, envelopes, suspects)
            now = time.perf_counter()
            for envelope in envelopes:
                self.at.setdefault(envelope.payload["rang"], now)
            self._changed.set()

        GroupHandler.handle = handle  # type: ignore[method-assign,assignment]
        try:
            yield self
        finally:
            GroupHandler.handle = original  # type: ignore[method-assign]

    async def until(self, count: int) -> None:
        """Wait for that many facts."""
        while len(self.at) < count:
            self._changed.clear()
            await self._changed.wait()


async def latency(kind: str, handler: Listening, per_second: int, seconds: float) -> list[float]:
    """Milliseconds from commit to effect at a steady rate, sorted."""
    emitter, listener = await fresh("emetteur"), await fresh("auditeur")
    subscriptions = listening(handler)
    topology = Topology.of([subscriptions], prefix=f"{PREFIX}{kind}{per_second}{handler.__name__}.")
    transport: Transport = InProcessTransport() if kind == "inprocess" else RabbitTransport(RABBIT, topology)
    worker = Worker([Member(emitter, Subscriptions("emetteur")), Member(listener, subscriptions)], transport)
    committed: dict[int, float] = {}
    seen, count = Seen(), int(per_second * seconds)

    async def one(rang: int) -> None:
        async with emitter.transaction(MOI) as tx:
            piece = Piece(rang=rang)
            tx.add(piece)
            tx.publish(PieceFaite(piece_id=piece.id, rang=rang))
        committed[rang] = time.perf_counter()

    with seen.watching():
        await worker.start()
        await asyncio.sleep(1)
        start, tasks = time.perf_counter(), []
        for rang in range(count):
            await asyncio.sleep(max(0.0, start + rang / per_second - time.perf_counter()))
            tasks.append(asyncio.create_task(one(rang)))
        await asyncio.gather(*tasks)
        await seen.until(count)
    await worker.stop()
    await forget(topology)
    await emitter.close()
    await listener.close()
    warm = range(per_second // 2, count)
    return sorted(1000 * (seen.at[rang] - committed[rang]) for rang in warm)


async def forget(topology: Topology) -> None:
    """Remove our queues."""
    connection = await aiormq.connect(RABBIT)
    channel = await connection.channel()
    for queue in topology.queues:
        await channel.queue_delete(queue.name)
    await channel.queue_delete(topology.unreadable)
    await channel.exchange_delete(topology.exchange)
    await connection.close()


def line(label: str, value: float, unit: str, ratio: float | None = None, target: str = "", cpu: float = 0) -> None:
    """One line of the report."""
    told = f"{ratio:6.2f}" if ratio is not None else " " * 6
    spent = f"{cpu:6.0f} us CPU each" if cpu else ""
    print(f"{label:<58} {value:9.1f} {unit:<4} {told}  {target:<10} {spent}", flush=True)


async def measured(stage: Awaitable[float], count: int) -> tuple[float, float]:
    """(rate of `stage`, microseconds of this process per fact): the second bears a busy machine."""
    before = time.process_time()
    rate = await stage
    return rate, 1e6 * (time.process_time() - before) / count


async def throughput(count: int) -> None:
    """The pipeline, stage by stage, over one queue."""
    emitter, listener = await fresh("emetteur"), await fresh("auditeur")
    topology = Topology.of([listening(orm)], prefix=PREFIX)
    transport = RabbitTransport(RABBIT, topology)
    queue = topology.queues[0].name
    written, cpu = await measured(write(emitter, count), count)
    line("ORM write with audit and outbox", written, "/s", cpu=cpu)
    relayed, cpu = await measured(relay(emitter, transport, count), count)
    line("relay: outbox to confirmed", relayed, "/s", cpu=cpu)
    base, base_cpu = await measured(bare(queue, count), count)
    line("bare consume and acknowledge", base, "/s", 1.0, cpu=base_cpu)

    async def again() -> None:
        async with emitter.engine.begin() as connection:
            await connection.execute(text("UPDATE outbox SET published_at = NULL"))
        async with listener.engine.begin() as connection:
            await connection.execute(text("TRUNCATE inbox, effet, copie"))
        await relay(emitter, transport, count)

    await again()
    on_asyncpg, cpu = await measured(plain(listener, queue, count), count)
    line("same handler on plain asyncpg", on_asyncpg, "/s", on_asyncpg / base, cpu=cpu)
    for handler, target in ((projection, ">= 0.25"), (orm, ">= 0.20")):
        await again()
        ours, cpu = await measured(consume(listener, handler, count), count)
        line(f"our consumer, {handler.__name__}", ours, "/s", ours / base, target, cpu)
        line(f"our consumer, {handler.__name__} / plain asyncpg", ours, "/s", ours / on_asyncpg, ">= 0.50")
        line(f"our consumer, {handler.__name__}, by CPU of this process", 1e6 / cpu, "/s", base_cpu / cpu, target)
    await transport.close()
    await forget(topology)
    await emitter.close()
    await listener.close()


async def main(count: int) -> None:
    """Everything, in one process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    await throughput(count)
    for kind, handler, rate, p50, p99 in (
        ("rabbit", projection, 200, 8, 50),
        ("rabbit", orm, 200, 8, 50),
        ("inprocess", orm, 100, None, 20),
        ("inprocess", orm, 200, None, None),
    ):
        found = await latency(kind, handler, rate, 10)
        label = f"commit to effect, {kind}, {handler.__name__}, {rate}/s"
        line(f"{label}: p50", statistics.median(found), "ms", None, f"<= {p50} ms" if p50 else "")
        line(f"{label}: p99", found[int(len(found) * 0.99)], "ms", None, f"<= {p99} ms" if p99 else "")


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
