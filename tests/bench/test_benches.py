"""Every bench drives the product as it is today: small sizes, no figure looked at, no request refused."""

import importlib
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest

import bench
from bench.product import Product, product

FOLDER = Path(bench.__path__[0])
ON_THE_PRODUCT = sorted(f.stem for f in FOLDER.glob("*.py") if "async def measure(product" in f.read_text())
SMALL = 5
SMALLEST = {"OBJECTS": 60, "ROUNDS": 6}  # `fil` needs a few lives, `editeur` a number it did not type yet

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
async def started() -> AsyncIterator[Product]:
    """One empty installation for all of them."""
    async with product() as running:
        yield running


def shrink(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes and numbers of operations, down to what shows that each request still works."""
    for name, value in vars(module).items():
        if name.isupper() and type(value) is int:
            monkeypatch.setattr(module, name, min(value, SMALLEST.get(name, SMALL)))


@pytest.mark.parametrize("script", ON_THE_PRODUCT)
async def test_the_bench_runs_on_the_product(started: Product, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module(f"bench.{script}")
    shrink(module, monkeypatch)
    for figures in await module.measure(started):
        assert figures.errors == 0, f"{figures.label}: {figures.errors} errors, {figures.notes}"
