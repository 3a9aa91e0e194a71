"""One process of the fault bench: `python -m tests.faults.processus <role>`, sabotaged as its environment says.

Roles: "service" (writes and relays), "relais" (relays only), "auditeur" (listens), "tout" (all in one, in-process bus).
FAUTE names the moment at which the process kills itself with -9, on its FOIS-th passage.
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import Callable, Sequence
from uuid import UUID

import structlog
import uvloop
from aiormq.abc import AbstractChannel, DeliveredMessage
from sqlalchemy import select, text

from shared.bus.consumer import GroupConsumer
from shared.bus.handling import GroupHandler
from shared.bus.subscriptions import Subscriptions
from shared.bus.transport import Member, Transport
from shared.bus.transports.inprocess import InProcessTransport
from shared.bus.transports.rabbit import RabbitTransport
from shared.bus.transports.topology import Topology
from shared.bus.worker import Worker
from shared.contracts.base import Envelope
from shared.database.database import Database
from shared.database.loss import is_connection_loss
from shared.database.transaction import Transaction
from shared.kernel.refusals import Conflict
from tests.faults.systeme import MOI, RANGS, Compte, RangPris, Sabotage, prendre, subscriptions

WRITERS = 8


class RangRefuse(Conflict):
    """Le rang {rang} est refusé."""


class Mort:
    """Kills the process the n-th time it passes the moment chosen."""

    def __init__(self) -> None:
        self.moment, self.left = os.environ.get("FAUTE", ""), int(os.environ.get("FOIS", "5"))

    def passe(self, moment: str) -> None:
        """We are at `moment`."""
        if moment == self.moment:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Saboteur(Sabotage):
    """Fails on chosen facts, or dies while handling them."""

    def __init__(self, mort: Mort) -> None:
        self.mort, self.mauvais = mort, os.environ.get("MAUVAIS", "")

    async def in_journal(self, tx: Transaction, fait: RangPris) -> None:
        self.mort.passe("avant_commit")
        if self._vise(fait):
            await self._durer(tx, 1)
            self._echouer(fait)

    async def in_solde(self, tx: Transaction, fait: RangPris) -> None:
        if self._vise(fait):
            await self._durer(tx, 2)

    @staticmethod
    async def _durer(tx: Transaction, secondes: int) -> None:
        """With LENT, both handlings of the chosen fact are long: the one that dies leaves the other in hand."""
        if "LENT" in os.environ:
            await tx.execute(text(f"SELECT pg_sleep({secondes})"))

    @staticmethod
    def _vise(fait: RangPris) -> bool:
        return str(fait.compte_id) == os.environ.get("COMPTE") and fait.rang == 7

    def _echouer(self, fait: RangPris) -> None:
        if self.mauvais == "tue":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.mauvais == "leve":
            raise RuntimeError("ce fait ne passe jamais")
        if self.mauvais == "refuse":
            raise RangRefuse(rang=fait.rang)


class Acquitteur(GroupConsumer):
    """Dies between the commit and the acknowledgement."""

    mort: Mort

    async def _acknowledge(
        self, channel: AbstractChannel, batch: list[DeliveredMessage], handled: list[DeliveredMessage]
    ) -> None:
        self.mort.passe("apres_commit")
        await super()._acknowledge(channel, batch, handled)


class RabbitSabote(RabbitTransport):
    """Dies around a publication, or shuffles what it publishes."""

    def __init__(self, url: str, topology: Topology, mort: Mort) -> None:
        super().__init__(url, topology)
        self.mort = mort

    async def publish(self, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> set[UUID]:
        self.mort.passe("avant_publication")
        batch = _melange(batch)
        done = await super().publish(batch, suspects)
        self.mort.passe("apres_publication")
        return done

    async def consume(self, member: Member, wake: Callable[[], None], stopping: asyncio.Event) -> None:
        consumers = []
        for groupe in member.subscriptions.groups():
            consumer = Acquitteur(self.consuming_connection, self.topology, member, groupe, wake, self._trial)
            consumer.mort = self.mort
            consumers.append(consumer.run(stopping))
        await asyncio.gather(*consumers)


class InProcessSabote(InProcessTransport):
    """The same, for the bus of a single process."""

    def __init__(self, mort: Mort) -> None:
        super().__init__()
        self.mort = mort

    async def publish(self, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> set[UUID]:
        self.mort.passe("avant_publication")
        done = await super().publish(_melange(batch), suspects)
        self.mort.passe("apres_publication")
        return done

    async def _deliver(self, handler: GroupHandler, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> None:
        await super()._deliver(handler, batch, suspects)
        self.mort.passe("apres_commit")


def _melange(batch: Sequence[Envelope]) -> Sequence[Envelope]:
    if "MELANGE" not in os.environ:
        return batch
    return random.sample(batch, len(batch))


async def ecrire(database: Database) -> None:
    """Every account takes all its numbers, whatever happens to the database meanwhile."""
    async with database.read() as session:
        comptes = list(await session.scalars(select(Compte.id).order_by(Compte.id)))
    await asyncio.gather(*(_ecrire_comptes(database, comptes[n::WRITERS]) for n in range(WRITERS)))


async def _ecrire_comptes(database: Database, comptes: Sequence[UUID]) -> None:
    left = set(comptes)
    while left:
        for compte_id in sorted(left):
            try:
                async with database.transaction(MOI) as tx:
                    if await prendre(tx, compte_id) in (0, RANGS):
                        left.discard(compte_id)
            except Exception as error:
                left.add(compte_id)
                if not is_connection_loss(error):
                    raise
                await asyncio.sleep(0.1)


async def main(role: str) -> None:
    """Live until told to stop."""
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper("iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )
    mort = Mort()
    emetteur = Database("emetteur", os.environ["EMETTEUR_URL"], pool_size=WRITERS + 2)
    auditeur = Database("auditeur", os.environ["AUDITEUR_URL"])
    listening = subscriptions(Saboteur(mort))
    writing, hearing = Member(emetteur, Subscriptions("emetteur")), Member(auditeur, listening)
    topology = Topology.of([listening], prefix=os.environ.get("PREFIXE", ""))
    members = {"service": [writing], "relais": [writing], "auditeur": [hearing], "tout": [writing, hearing]}[role]
    transport: Transport = InProcessSabote(mort) if role == "tout" else _rabbit(topology, mort)
    worker = Worker(members, transport)
    await worker.start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell_tasks)
    orphaned = asyncio.create_task(_when_orphaned(stop))
    if role in ("service", "tout"):
        await ecrire(emetteur)
    await stop.wait()
    orphaned.cancel()
    await worker.stop()


async def _when_orphaned(stop: asyncio.Event) -> None:
    """Nothing outlives the test that started it."""
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 (nothing tells a process that its parent died)
        await asyncio.sleep(1)
    stop.set()
    await asyncio.sleep(15)
    os.kill(os.getpid(), signal.SIGKILL)


def _tell_tasks() -> None:
    """What every task waits for, on stderr: a scene that does not settle asks for it."""
    for task in asyncio.all_tasks():
        task.print_stack(limit=12)


def _rabbit(topology: Topology, mort: Mort) -> RabbitTransport:
    return RabbitSabote(os.environ["BROKER_URL"], topology, mort)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
