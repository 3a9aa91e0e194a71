"""Systems of real processes, one per transport, shared by the journeys of a module."""

from collections.abc import AsyncIterator

import pytest

from shared.testing.fixtures import folder_for_servers
from shared.testing.postgres import Databases
from tests.journeys.equipe import Equipe
from tests.journeys.systeme import embarque, sur_rabbitmq


@pytest.fixture(scope="module", params=["embarque", "rabbitmq"])
async def equipe(request: pytest.FixtureRequest, databases: Databases) -> AsyncIterator[Equipe]:
    """Everybody at work in a fresh company."""
    with folder_for_servers() as dossier:
        if request.param == "embarque":
            ouvrir = embarque(dossier)
        else:
            ouvrir = sur_rabbitmq(dossier, databases, request.getfixturevalue("broker"))
        async with ouvrir as systeme:
            gens = Equipe(systeme)
            await gens.embaucher()
            yield gens
            await gens.partir()
