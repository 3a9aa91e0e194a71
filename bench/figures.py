"""Repeating an operation and telling what it cost: percentiles, rate, CPU, beside a calibration of the machine."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from bench.product import Product, Spent

Operation = Callable[[int], Awaitable[Any]]


@dataclass(slots=True)
class Figures:
    """What one row measured. Waits in milliseconds, sorted; `spent` in seconds for all of them, effects included."""

    label: str
    waits: list[float]
    seconds: float
    spent: Spent
    errors: int = 0
    notes: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """The wait that `share` of the operations stay under."""
        return self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))]

    @property
    def server(self) -> float:
        """Milliseconds of CPU of our process, per operation."""
        return 1000 * self.spent.server / len(self.waits)

    @property
    def postgres(self) -> float:
        """Milliseconds of CPU of PostgreSQL, per operation."""
        return 1000 * self.spent.postgres / len(self.waits)

    def tell(self) -> None:
        """Two lines, then the notes."""
        middle, high, higher = (self.percentile(share) for share in (0.50, 0.95, 0.99))
        rate = len(self.waits) / self.seconds
        print(f"{self.label}: {len(self.waits)} operations, {self.errors} errors")
        cost = f"   CPU each: server {self.server:.2f} ms, PostgreSQL {self.postgres:.2f} ms" if self.server else ""
        print(f"  p50 {middle:.1f}  p95 {high:.1f}  p99 {higher:.1f} ms   {rate:.0f} /s{cost}", flush=True)
        for note in self.notes:
            print(f"  {note}", flush=True)


async def repeat(
    product: Product, label: str, operation: Operation, count: int, *, warm: int = 20, clients: int = 1
) -> Figures:
    """Do `operation(rank)` `count` times by `clients` at once, after `warm` that count for nothing.

    The CPU is read once every effect of the operations is done: what follows a request is part of its cost. What the
    product spends at rest during that time is not.
    """
    for rank in range(warm):
        await operation(rank)
    await product.quiet()
    resting = await product.at_rest()
    waits: list[float] = []
    errors: list[Exception] = []
    ranks = iter(range(warm, warm + count))
    before, started = product.spent(), time.perf_counter()
    await asyncio.gather(*(_one_client(operation, ranks, waits, errors) for _ in range(clients)))
    seconds = time.perf_counter() - started
    await product.quiet()
    spent = product.spent() - before - resting.times(time.perf_counter() - started)
    figures = Figures(label, sorted(waits), seconds, spent, len(errors))
    if errors:
        figures.notes.append(f"first error: {errors[0]}")
    return figures


async def _one_client(operation: Operation, ranks: Iterator[int], waits: list[float], errors: list[Exception]) -> None:
    for rank in ranks:
        begun = time.perf_counter()
        try:
            await operation(rank)
        except Exception as error:
            errors.append(error)
        waits.append(1000 * (time.perf_counter() - begun))


async def raw(label: str, operation: Operation, count: int, *, warm: int = 20) -> tuple[str, float]:
    """(label, median milliseconds) of the bare SQL of a row, by asyncpg without our code."""
    for rank in range(warm):
        await operation(rank)
    waits = []
    for rank in range(warm, warm + count):
        begun = time.perf_counter()
        await operation(rank)
        waits.append(1000 * (time.perf_counter() - begun))
    return label, statistics.median(waits)


def beside(figures: Figures, limit: tuple[str, float]) -> None:
    """Note how many times the raw limit the median is."""
    label, median = limit
    figures.notes.append(f"{label}: {median:.2f} ms; ours is {figures.percentile(0.5) / median:.1f} times that")


async def calibrate(connection: asyncpg.Connection) -> str:
    """What this machine does now: a pure Python loop, and a raw round trip to PostgreSQL; minima of several tries."""
    python = min(_python_loop() for _ in range(7))
    trips = []
    for _ in range(400):
        begun = time.perf_counter()
        await connection.fetchval("SELECT count(*) FROM generate_series(1, 50)")
        trips.append(time.perf_counter() - begun)
    return f"calibration: python loop {1e3 * python:.1f} ms, raw round trip {1e6 * min(trips):.0f} us (minima)"


def _python_loop() -> float:
    begun = time.process_time()
    words: dict[int, str] = {}
    for number in range(60_000):
        words[number % 997] = f"{number:x}{len(words)}"
    return time.process_time() - begun


def tell_all(rows: Sequence[Figures]) -> None:
    """Every row of a script."""
    for row in rows:
        row.tell()
