"""A small company where staff buy: shared by every test of purchasing."""

import pytest

from shared.kernel.clock import FrozenClock
from shared.testing.boite import boite, test_settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.purchasing import Monde

__all__ = ["boite", "test_settings"]


@pytest.fixture
async def monde(service_database: ServiceDatabase, service_client: ServiceClient, clock: FrozenClock) -> Monde:
    """Agencies, a supplier, two products, and somebody who may do everything."""
    database = await service_database("purchasing", clock)
    return await Monde(database, await service_client("purchasing", database)).installer()
