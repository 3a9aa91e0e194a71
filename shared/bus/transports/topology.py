"""What must exist in RabbitMQ: one exchange, one queue per service and group, one binding per fact listened to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aiormq.abc import AbstractChannel

from shared.bus.subscriptions import Groupe, Subscriptions

EXCHANGE = "amanela.facts"
UNREADABLE = "amanela.illisible"
DELIVERY_LIMIT = 1_000_000  # crashes are counted in the table `attempt`: the broker must not give up by itself


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue of one service and group."""

    name: str
    types: frozenset[str]
    single_active: bool

    def arguments(self, unreadable: str) -> dict[str, Any]:
        """Quorum, explicit delivery limit, and one active consumer where order matters."""
        arguments: dict[str, Any] = {
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": unreadable,
        }
        if self.single_active:
            arguments["x-single-active-consumer"] = True
        return arguments


@dataclass(frozen=True, slots=True)
class Topology:
    """Every queue the system needs, known by relays and consumers alike.

    A relay declares the queues of all services before publishing: a fact sent before its listener ever started waits
    for it. A fact that no declared queue wants is nobody's, and is done when the broker returns it.
    """

    queues: tuple[Queue, ...]
    prefix: str = ""
    types: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", frozenset(t for queue in self.queues for t in queue.types))

    @classmethod
    def of(cls, services: Iterable[Subscriptions], *, prefix: str = "") -> "Topology":
        """The topology of these services; `prefix` starts every name (tests on a shared broker)."""
        queues = [
            Queue(prefix + queue_name(service, groupe), service.types(groupe), groupe is Groupe.ORDONNE)
            for service in services
            for groupe in service.groups()
        ]
        return cls(tuple(queues), prefix)

    @property
    def exchange(self) -> str:
        """The topic exchange every fact goes through; the routing key is the type of the fact."""
        return self.prefix + EXCHANGE

    @property
    def unreadable(self) -> str:
        """Where messages that are not envelopes end, for people to look at."""
        return self.prefix + UNREADABLE

    async def declare(self, channel: AbstractChannel, only: str | None = None) -> None:
        """Create what is missing (or what one queue needs); harmless when everything is there."""
        await channel.exchange_declare(self.exchange, exchange_type="topic", durable=True)
        await channel.queue_declare(self.unreadable, durable=True)
        for queue in self.queues:
            if only not in (None, queue.name):
                continue
            await channel.queue_declare(queue.name, durable=True, arguments=queue.arguments(self.unreadable))
            for type_ in sorted(queue.types):
                await channel.queue_bind(queue.name, self.exchange, routing_key=type_)


def queue_name(service: Subscriptions, groupe: Groupe) -> str:
    """ "inventory.ordonne"."""
    return f"{service.service}.{groupe.value}"
