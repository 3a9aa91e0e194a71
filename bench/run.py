"""Starting the product and measuring rows on it: `python -m bench.contact`, or `make bench ONLY=contact`."""

import time
from collections.abc import Awaitable, Callable, Sequence

import uvloop

from bench.figures import Figures, calibrate, tell_all
from bench.product import Product, product

Measure = Callable[[Product], Awaitable[Sequence[Figures]]]


async def measure_all(measures: Sequence[Measure]) -> None:
    """Each on the same installation, in the order given."""
    async with product() as started:
        resting = await started.at_rest()
        print(f"at rest: server {100 * resting.server:.1f} %, PostgreSQL {100 * resting.postgres:.1f} % of one core")
        for measure in measures:
            connection = await started.database("contacts")
            print(await calibrate(connection), flush=True)
            await connection.close()
            begun = time.perf_counter()
            tell_all(await measure(started))
            print(f"  ({time.perf_counter() - begun:.0f} s, data included)", flush=True)


def main(*measures: Measure) -> None:
    """Run from a command line."""
    uvloop.run(measure_all(measures))
