"""`amanela up`: every process of the topology under one parent that restarts what falls and stops everything in order."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from structlog import get_logger

from deploy.platform import present
from deploy.serving import SUPERVISOR
from deploy.topology import Part

log = get_logger(__name__)

STEADY_AFTER = 30.0  # seconds of life after which a fall is no longer counted as a failed start
LONGEST_PAUSE = 30.0
STOP_WITHIN = 15.0


@dataclass(slots=True)
class Child:
    """One process to keep alive."""

    name: str
    arguments: tuple[str, ...]
    process: asyncio.subprocess.Process | None = None
    falls: int = 0
    restarts: int = field(default=0)

    async def keep_alive(self, stop: asyncio.Event) -> None:
        """Start it again each time it falls, a little later each time, until `stop`."""
        loop = asyncio.get_running_loop()
        environment = os.environ | {SUPERVISOR: str(os.getpid())}
        while not stop.is_set():
            started = loop.time()
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "deploy.cli", *self.arguments, start_new_session=True, env=environment
            )
            code = await self.process.wait()
            if stop.is_set():
                return
            self.falls = 0 if loop.time() - started > STEADY_AFTER else self.falls + 1
            self.restarts += 1
            pause = min(0.5 * 2**self.falls, LONGEST_PAUSE)
            log.warning("process.fell", name=self.name, code=code, again_in=pause)
            await _pause(stop, pause)

    async def end(self) -> None:
        """Ask it to stop, then make it."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN)
        except TimeoutError:
            log.warning("process.killed", name=self.name)
            process.kill()
            await process.wait()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def children(parts: Iterable[Part]) -> list[Child]:
    """What the topology asks for: an HTTP process for each part, and its workers."""
    found = []
    for part in present(parts):
        found.append(Child(f"{part.name} http", ("serve", part.name)))
        found += [Child(f"{part.name} worker {n}", ("worker", part.name)) for n in range(1, part.workers + 1)]
    return found


async def supervise(family: list[Child], stop: asyncio.Event) -> None:
    """Keep every child alive until `stop`, then end them all at the same time."""
    keepers = [asyncio.create_task(child.keep_alive(stop)) for child in family]
    log.info("up", processes=len(family))
    await stop.wait()
    await asyncio.gather(*(child.end() for child in family))
    await asyncio.gather(*keepers, return_exceptions=True)
