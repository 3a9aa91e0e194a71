"""The world of the tests of demandes."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from shared.kernel.actor import Actor
from shared.testing.fixtures import Jeton, ServiceClient, ServiceDatabase
from tests.builders.demandes import Monde, un_monde

Asseoir = Callable[[Actor], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def monde(service_database: ServiceDatabase, service_client: ServiceClient) -> Monde:
    """A migrated base with the default circuits, a client company and two technicians."""
    database = await service_database("demandes")
    return await un_monde(database, await service_client("demandes", database))


@pytest.fixture
def asseoir(monde: Monde, service_client: ServiceClient, jeton: Jeton) -> Asseoir:
    """Somebody else in front of the same service."""

    async def asseoit(qui: Actor) -> httpx.AsyncClient:
        client = await service_client("demandes", monde.database)
        client.headers.update(jeton(*qui.permissions, nom=qui.nom, id=qui.id))
        return client

    return asseoit
