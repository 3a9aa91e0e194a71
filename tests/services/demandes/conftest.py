"""The world of the tests of demandes."""

import pytest

from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.demandes import Monde, un_monde


@pytest.fixture
async def monde(service_database: ServiceDatabase, service_client: ServiceClient) -> Monde:
    """A migrated base with the default circuits, a client company and two technicians."""
    database = await service_database("demandes")
    return await un_monde(database, await service_client("demandes", database))
