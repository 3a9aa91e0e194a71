"""The rounds of an event worker go on, whatever one of them meets."""

import asyncio
from contextlib import suppress
from typing import Any

from deploy.housekeeping import _due
from deploy.topology import PARTS


async def test_une_panne_imprevue_ne_termine_pas_les_rondes() -> None:
    encore, tours = asyncio.Event(), 0

    async def taches(database: Any) -> None:
        nonlocal tours
        del database
        tours += 1
        if tours == 1:
            raise KeyError("a bug")
        encore.set()

    databases: Any = {PARTS[0]: None}
    ronde = asyncio.create_task(_due(databases, lambda _: taches, 0.01))
    attente = asyncio.create_task(encore.wait())
    try:
        await asyncio.wait({ronde, attente}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        assert encore.is_set()
    finally:
        attente.cancel()
        ronde.cancel()
        with suppress(asyncio.CancelledError):
            await ronde
