"""The seven services and the gateway assembled in this process: databases, means, applications, bus.

One process hosts all parts (embedded mode, demo loading, journeys of the tests) or one (`amanela serve`).
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from deploy.topology import GATEWAY, SERVICES, Part
from gateway.clients.portes import Porte, PorteAsgi, PorteHttp
from shared.bus.transport import Member, Transport
from shared.bus.transports.inprocess import InProcessTransport
from shared.bus.worker import Worker
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock, FrozenClock, SystemClock
from shared.means import Means, lend
from shared.settings import Settings


@dataclass(slots=True)
class Platform:
    """What is hosted here. `means[service].database` is open; nothing runs until `worker.start()`."""

    settings: Settings
    clock: Clock
    transport: Transport
    means: dict[str, Means] = field(default_factory=dict)
    applications: dict[str, Any] = field(default_factory=dict)
    portes: dict[str, Porte] = field(default_factory=dict)
    worker: Worker = field(init=False)

    @property
    def frozen_clock(self) -> FrozenClock:
        """The clock a loader moves; TypeError on a living platform."""
        if not isinstance(self.clock, FrozenClock):
            raise TypeError("this platform lives at the time of the machine")
        return self.clock

    def database(self, service: str) -> Database:
        """The database of a service."""
        return self.means[service].database

    async def drain(self) -> None:
        """Deliver every fact announced so far, and those they cause; only while the worker is not started."""
        await self.worker.drain()

    def headers(self, service: str, actor: Actor) -> dict[str, str]:
        """What an authenticated request of `actor` to `service` carries."""
        return {"Authorization": f"Bearer {self.means[service].jetons.signer(actor)}"}


@asynccontextmanager
async def open_platform(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[Platform]:
    """Every part that exists, on the in-process bus, services reached without sockets; closed on leaving."""
    chosen = clock or SystemClock()
    platform = Platform(settings, chosen, InProcessTransport())
    async with AsyncExitStack() as stack:
        renderer = await stack.enter_async_context(Renderer())
        for part in present((*SERVICES, GATEWAY)):
            await _lend(platform, part, renderer, stack)
        for part in present(SERVICES):
            platform.applications[part.name] = part.app_factory()(platform.means[part.name])
            platform.portes[part.name] = PorteAsgi(platform.applications[part.name])
        members = [member(part, platform.database(part.name)) for part in present((*SERVICES, GATEWAY))]
        platform.worker = Worker(members, platform.transport)
        for part in present((GATEWAY,)):
            platform.applications[part.name] = part.app_factory()(platform.means[part.name], platform.portes)
        yield platform


async def _lend(platform: Platform, part: Part, renderer: Renderer, stack: AsyncExitStack) -> None:
    database = open_database(part, platform.settings, platform.clock)
    stack.push_async_callback(database.close)
    platform.means[part.name] = lend(database, platform.settings, renderer=renderer)


def member(part: Part, database: Database) -> Member:
    """A part taking part in the bus; the gateway too, whose outbox needs a relay though it listens to nothing."""
    return Member(database, part.subscriptions())


def open_database(part: Part, settings: Settings, clock: Clock | None = None) -> Database:
    """The database of a part, as this process uses it."""
    part.load_models()
    url = settings.database_of(part.name)
    return Database(part.name, url, clock=clock, pool_size=settings.database_pool)


def show_live(gateway: Any, transport: Transport) -> "asyncio.Task[None]":
    """Give every fact that travels to the gateway's live pages, until the task is cancelled."""
    return asyncio.create_task(transport.broadcast(gateway.state.hub.recevoir), name="live")


def http_portes(settings: Settings) -> dict[str, Porte]:
    """The way to every service over HTTP: what the gateway uses when it is a process of its own."""
    return {part.name: PorteHttp(settings.address_of(part.name, part.port)) for part in SERVICES}


def present(parts: Iterable[Part]) -> list[Part]:
    """The parts whose code is there."""
    return [part for part in parts if part.exists()]


async def migrate(parts: Iterable[Part], settings: Settings) -> None:
    """Bring the databases of `parts` to their last migration, creating them when missing."""
    from shared.database import migrations  # alembic is slow to load, and no other process needs it

    for part in present(parts):
        await migrations.upgrade(part.name, settings.database_of(part.name), versions=part.versions())
