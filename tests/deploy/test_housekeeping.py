"""The rounds of an event worker go on, whatever one of them meets."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from deploy import housekeeping
from deploy.housekeeping import _always, _due
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


async def test_ce_qui_ne_finit_jamais_reprend_apres_une_panne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "STARTED_AGAIN_AFTER", 0.01)
    encore, departs = asyncio.Event(), 0

    async def sans_fin(database: Any) -> None:
        nonlocal departs
        del database
        departs += 1
        if departs == 1:
            raise OSError("away")
        if departs == 2:
            raise KeyError("a bug")
        encore.set()
        await asyncio.Event().wait()

    tache = asyncio.create_task(_always("gateway", sans_fin, None))  # type: ignore[arg-type]
    try:
        async with asyncio.timeout(60):
            await encore.wait()
    finally:
        tache.cancel()
        with suppress(asyncio.CancelledError):
            await tache
