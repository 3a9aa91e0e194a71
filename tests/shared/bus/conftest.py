"""The small system every test of the bus runs in, once per transport."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from shared.kernel.ids import new_id
from shared.testing.postgres import Databases
from tests.shared.bus.banc import Banc, open_service


@pytest.fixture(params=["inprocess", "rabbit"])
async def banc(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[Banc]:
    """An emitter and a listener on fresh databases, and names of their own on the broker."""
    broker = request.getfixturevalue("broker") if request.param == "rabbit" else None
    prefix = f"{broker.prefix}{new_id()}." if broker else ""
    async with AsyncExitStack() as stack:
        emetteur = await open_service(databases, "emetteur", stack)
        auditeur = await open_service(databases, "auditeur", stack)
        yield Banc(emetteur, auditeur, broker, prefix, stack)
