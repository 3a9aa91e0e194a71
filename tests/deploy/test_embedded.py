"""`amanela demo`: one process, twice harmless, clean after a crash."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from shared.local_postgres import LocalPostgres
from shared.testing.eventually import eventually
from shared.testing.rabbit import free_port

STARTS_WITHIN = 120.0
pytestmark = pytest.mark.timeout(400)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


async def demo(folder: Path, port: int, log: Path) -> asyncio.subprocess.Process:
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with log.open("wb") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "deploy.cli", "demo", "--empty", "--no-front", "--folder", str(folder), "--port", str(port),
            stdout=out, stderr=out, env=environment,
        )  # fmt: skip


async def address(log: Path) -> str:
    """Where it listens, once it says so and answers."""
    found = await eventually(lambda: ADDRESS.findall(log.read_text()), STARTS_WITHIN)
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{found[0]}/connexion")).status_code == 200
    return str(found[0])


@pytest.fixture
async def folder(server_folder: Path) -> AsyncIterator[Path]:
    place = server_folder / "donnees"
    yield place
    await asyncio.to_thread(LocalPostgres(place / "postgres").stop)


async def test_twice_is_harmless_and_a_crash_is_survived(folder: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    first = await demo(folder, port, log)
    where = await address(log)

    second = await demo(folder, port, tmp_path / "second")
    assert await second.wait() == 0
    assert f"tourne déjà : {where}" in (tmp_path / "second").read_text()

    first.kill()
    await first.wait()
    again = await demo(folder, port, tmp_path / "again")
    assert await address(tmp_path / "again") == where

    again.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(again.wait(), 20) == 0
    assert not LocalPostgres(folder / "postgres").is_running


async def test_a_taken_port_gives_the_next_one(folder: Path, tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
    async with server:
        taken = server.sockets[0].getsockname()[1]
        process = await demo(folder, taken, tmp_path / "log")
        assert await address(tmp_path / "log") != f"http://127.0.0.1:{taken}"
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 20) == 0
