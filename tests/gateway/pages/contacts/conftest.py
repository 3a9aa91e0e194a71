"""The pages of contacts alone."""

from collections.abc import AsyncIterator

import pytest

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, ouvrir


@pytest.fixture
async def carnet(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The directory; other services are stopped."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("contacts", **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert
