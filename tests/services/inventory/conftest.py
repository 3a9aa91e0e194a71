"""What the tests of inventory share: a database with a catalogue, and a client of the service."""

import httpx
import pytest

from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.inventory import Atelier, un_atelier


@pytest.fixture
async def base(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    """An empty database of inventory."""
    return await service_database("inventory", clock)


@pytest.fixture
async def atelier(base: Database, actor: Actor) -> Atelier:
    """A company with two agencies and a small catalogue."""
    return await un_atelier(base, actor)


@pytest.fixture
async def client(atelier: Atelier, service_client: ServiceClient) -> httpx.AsyncClient:
    """Somebody who may do everything, over HTTP."""
    return await service_client("inventory", atelier.database)
