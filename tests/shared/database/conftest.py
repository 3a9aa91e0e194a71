"""A database with the platform tables and a small aggregate."""

from collections.abc import AsyncIterator

import pytest

from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from tests.shared.database.modele import create


@pytest.fixture
async def database(empty_database_url: str, clock: FrozenClock) -> AsyncIterator[Database]:
    """Fresh, at the stopped clock of the test."""
    opened = Database("essai", empty_database_url, clock=clock, pool_size=3)
    await create(opened)
    yield opened
    await opened.close()
