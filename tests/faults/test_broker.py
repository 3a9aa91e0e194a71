"""RabbitMQ stopped, killed or cut during the burst."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.faults.banc import Scene

Fault = Callable[[Scene], Awaitable[None]]


@pytest.fixture
def embedded() -> bool:
    """Only a system with a broker."""
    return False


async def s5_stop_and_start(scene: Scene) -> None:
    """A planned restart."""
    await asyncio.to_thread(scene.rabbit.stop)
    await scene.until_written(1000)
    await asyncio.to_thread(scene.rabbit.start)


async def s6_kill(scene: Scene) -> None:
    """kill -9 of the node, once it has written down its queues: killed just after a declaration it may forget them."""
    await asyncio.to_thread(scene.rabbit.control, "eval", "[dets:sync(T) || T <- dets:all()], mnesia:sync_log().")
    await asyncio.to_thread(scene.rabbit.kill)
    await scene.until_written(1000)
    await asyncio.to_thread(scene.rabbit.start)


async def s7_close_all_connections(scene: Scene) -> None:
    """Every connection closed by an operator, several times."""
    for count in (400, 800, 1200):
        await scene.until_journal(count)
        await asyncio.to_thread(scene.rabbit.control, "close_all_connections", "panne")


@pytest.mark.parametrize("fault", [s5_stop_and_start, s6_kill, s7_close_all_connections])
async def test_a_broken_broker_loses_doubles_and_inverts_nothing(scene: Scene, fault: Fault) -> None:
    await scene.start_all()
    await scene.until_journal(200)
    await fault(scene)
    await scene.until_settled()
    await scene.check()
