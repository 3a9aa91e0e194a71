"""An office with no service started: accounts, sessions, tokens."""

from collections.abc import AsyncIterator

import pytest

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, ouvrir


@pytest.fixture
async def bureau(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The gateway alone."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir(**moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert
