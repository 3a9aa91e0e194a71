"""One warm printing process for every test of this folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from shared.documents.renderer import Renderer

GABARITS = Path(__file__).parent / "gabarits"


@pytest_asyncio.fixture(scope="session")
async def renderer() -> AsyncIterator[Renderer]:
    async with Renderer() as ouvert:
        yield ouvert
