"""A commercial service with its world, its clients, and a mailbox that speaks SMTP."""

import httpx
import pytest

from shared.database.database import Database
from shared.testing.boite import boite, test_settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders import commercial as b

__all__ = ["boite", "test_settings"]


@pytest.fixture
async def database(service_database: ServiceDatabase) -> Database:
    """The database of commercial, where the company, a client, a commercial and a demande are known."""
    database = await service_database("commercial")
    await b.monde(database)
    return database


@pytest.fixture
async def client(database: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Somebody who may do everything."""
    return await service_client("commercial", database)
