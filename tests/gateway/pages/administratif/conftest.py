"""Accounts and a technician, in front of billing and maintenance."""

from collections.abc import AsyncIterator

import pytest

from services.billing.subscriptions import subscriptions
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceDatabase
from tests.builders.billing import un_client, une_societe
from tests.gateway.bureau import Bureau, ouvrir


@pytest.fixture
async def bureau(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """Billing knows us and one client."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("billing", "maintenance", **moyens) as ouvert:  # type: ignore[arg-type]
        await recevoir(ouvert.bases["billing"], subscriptions, un_client(), une_societe())
        yield ouvert
