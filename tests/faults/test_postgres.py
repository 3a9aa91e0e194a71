"""PostgreSQL restarted or its sessions cut during the burst."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from shared.database.engine import connect
from tests.faults.banc import Scene

Fault = Callable[[Scene], Awaitable[None]]
OURS = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'pannes_%'"


async def s8_restart_fast(scene: Scene) -> None:
    """A planned restart."""
    await asyncio.to_thread(scene.postgres.stop)
    await asyncio.to_thread(scene.postgres.start)


async def s9_restart_immediate(scene: Scene) -> None:
    """As a crash: recovery at the next start."""
    await asyncio.to_thread(scene.postgres.stop_immediate)
    await asyncio.to_thread(scene.postgres.start)


async def s10_terminate_all_backends(scene: Scene) -> None:
    """Every session cut, several times."""
    for count in (400, 800, 1200):
        await scene.until_journal(count)
        await _execute(scene, f"SELECT pg_terminate_backend(pid) {OURS}")


async def s11_kill_the_listening_sessions(scene: Scene) -> None:
    """Only the sessions of the relays."""
    for count in (400, 800, 1200):
        await scene.until_journal(count)
        await _execute(scene, f"SELECT pg_terminate_backend(pid) {OURS} AND application_name LIKE 'relay-%'")


async def _execute(scene: Scene, query: str) -> None:
    connection = await connect(scene.postgres.url, database="postgres")
    await connection.execute(query)
    await connection.close()


@pytest.mark.parametrize(
    "fault", [s8_restart_fast, s9_restart_immediate, s10_terminate_all_backends, s11_kill_the_listening_sessions]
)
async def test_a_broken_database_loses_doubles_and_inverts_nothing(scene: Scene, fault: Fault) -> None:
    await scene.start_all()
    await scene.until_journal(200)
    await fault(scene)
    await scene.until_settled()
    await scene.check()
