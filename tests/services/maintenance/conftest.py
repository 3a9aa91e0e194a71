"""Maintenance knowing us and two clients, with a mail server that speaks SMTP."""

import httpx
import pytest

from services.maintenance.subscriptions import subscriptions
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import boite, test_settings
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.maintenance import AUTRE_CLIENT, un_client, une_societe

__all__ = ["boite", "test_settings"]


@pytest.fixture
async def maintenance(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    """The database of maintenance, where the company and two clients are known."""
    database = await service_database("maintenance", clock)
    autre = un_client(AUTRE_CLIENT, code="C00002", nom="Mairie d’Épagny", email=None)
    await recevoir(database, subscriptions, un_client(), autre, une_societe())
    return database


@pytest.fixture
async def client(maintenance: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Somebody who may do everything."""
    return await service_client("maintenance", maintenance)
