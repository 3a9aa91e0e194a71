"""A small system to carry facts in: one emitter, one listener, either transport."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from shared.bus.subscriptions import Subscriptions
from shared.bus.transport import Member, Transport
from shared.bus.transports.inprocess import InProcessTransport
from shared.bus.transports.rabbit import RabbitTransport
from shared.bus.transports.topology import Topology
from shared.bus.worker import Worker
from shared.contracts.base import Fact
from shared.database import platform
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases

MOI = Actor(nom="Camille Test", id=UUID(int=7), permissions=frozenset({"*"}))
CREATE_EFFET = "CREATE TABLE effet (n bigserial PRIMARY KEY, abonnement text, cle uuid, rang int, acteur text)"


class NotePrise(Fact, type="essai.note_prise.v1", key="compte_id"):
    """A note of an account; `rang` counts them per account."""

    compte_id: UUID
    rang: int
    demande_id: UUID | None = None


class NoteLue(Fact, type="essai.note_lue.v1", key="compte_id"):
    """A fact of a second type."""

    compte_id: UUID


@dataclass
class Banc:
    """The emitter, the listener and what links them."""

    emetteur: Database
    auditeur: Database
    broker: Broker | None
    prefix: str
    stack: AsyncExitStack
    subscriptions: Subscriptions = field(default_factory=lambda: Subscriptions("auditeur"))
    workers: list[Worker] = field(default_factory=list)

    def transport(self) -> Transport:
        """A new transport, as a new process would open."""
        if self.broker is None:
            return InProcessTransport()
        return RabbitTransport(self.broker.url, Topology.of([self.subscriptions], prefix=self.prefix))

    def worker(self) -> Worker:
        """A worker hosting both services."""
        members = [Member(self.emetteur, Subscriptions("emetteur")), Member(self.auditeur, self.subscriptions)]
        made = Worker(members, self.transport())
        self.workers.append(made)
        return made

    async def start(self) -> Worker:
        """The same, started, and stopped with the test."""
        made = self.worker()
        await made.start()
        self.stack.push_async_callback(made.stop)
        return made

    async def emit(self, *facts: Fact) -> None:
        """Commit facts in one transaction of the emitter."""
        async with self.emetteur.transaction(MOI) as tx:
            for fact in facts:
                tx.publish(fact)

    async def effects(self) -> list[Any]:
        """What the handlers wrote: (abonnement, cle, rang, acteur)."""
        return await rows(self.auditeur, "SELECT abonnement, cle, rang, acteur FROM effet ORDER BY n")

    async def parked(self) -> list[Any]:
        """(subscription, state, error, attempts)."""
        return await rows(self.auditeur, "SELECT subscription, state, error, attempts FROM parked ORDER BY rang")

    async def unsent(self) -> int:
        """Facts not handed over yet."""
        found = await rows(self.emetteur, "SELECT count(*) FROM outbox WHERE published_at IS NULL")
        return int(found[0][0])

    async def until_effects(self, count: int, deadline: float = 15) -> list[Any]:
        """The effects, once there are `count` of them and nothing is left to send."""

        async def check() -> None:
            assert len(await self.effects()) >= count, await self.effects()
            assert await self.unsent() == 0

        await eventually(check, deadline)
        return await self.effects()


async def rows(database: Database, query: str) -> list[Any]:
    """The rows of a query."""
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def note(tx: Any, abonnement: str, fait: NotePrise) -> None:
    """Write an effect as a handler does."""
    await tx.execute(
        text("INSERT INTO effet (abonnement, cle, rang, acteur) VALUES (:a, :c, :r, :p)"),
        {"a": abonnement, "c": fait.compte_id, "r": fait.rang, "p": tx.actor.nom},
    )


async def open_service(databases: Databases, name: str, stack: AsyncExitStack) -> Database:
    base, url = await databases.empty()
    stack.push_async_callback(databases.drop, base)
    database = Database(name, url, pool_size=4)
    stack.push_async_callback(database.close)
    async with database.engine.begin() as connection:
        await connection.run_sync(platform.metadata.create_all)
        await connection.execute(text(CREATE_EFFET))
    return database
