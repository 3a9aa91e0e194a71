"""`amanela up`: separate processes over RabbitMQ, restarted when they fall, all gone when asked."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from shared.settings import with_database
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from shared.testing.rabbit import free_port

CONTACTS_PORT = 8101
STARTS_WITHIN = 120.0
pytestmark = pytest.mark.timeout(400)


@dataclass
class Up:
    process: asyncio.subprocess.Process
    address: str

    def http(self) -> psutil.Process:
        """The process that serves contacts over HTTP."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        return next(child for child in family if child.cmdline()[-2:] == ["serve", "contacts"])

    async def is_ready(self) -> bool:
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{self.address}/pret")
        return answer.status_code == 200


@pytest.fixture
async def up(databases: Databases, broker: Broker, tmp_path: Path) -> AsyncIterator[Up]:
    name, url = await databases.empty()
    offset = free_port() % 20000 + 1000
    environment = os.environ | {
        "AMANELA_MODE": "server",
        "AMANELA_DATABASE_URL": with_database(url, ""),
        "AMANELA_DATABASE_URL_CONTACTS": url,
        "AMQP_URL": broker.url,
        "AMANELA_AMQP_PREFIX": broker.prefix,
        "AMANELA_PORT_OFFSET": str(offset),
        "AMANELA_TOKEN_SECRET": "t" * 40,
        "AMANELA_SESSION_SECRET": "s" * 40,
        "AMANELA_STORAGE_FOLDER": str(tmp_path),
    }
    with (tmp_path / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "deploy.cli", "up", "contacts", env=environment, stdout=log, stderr=log
        )
    running = Up(process, f"http://127.0.0.1:{CONTACTS_PORT + offset}")
    try:
        await eventually(running.is_ready, STARTS_WITHIN)
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await databases.drop(name)


async def test_a_fallen_process_returns_and_all_stop_together(up: Up) -> None:
    fallen = up.http()
    fallen.send_signal(signal.SIGKILL)
    await eventually(lambda: up.http().pid != fallen.pid, STARTS_WITHIN)
    await eventually(up.is_ready, STARTS_WITHIN)
    family = psutil.Process(up.process.pid).children(recursive=True)
    up.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(up.process.wait(), 20) == 0
    assert not any(child.is_running() for child in family)


async def test_children_do_not_outlive_a_killed_parent(up: Up) -> None:
    family = psutil.Process(up.process.pid).children(recursive=True)
    up.process.kill()
    await eventually(lambda: not any(child.is_running() for child in family))


async def test_a_server_refuses_default_secrets(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMANELA_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.cli", "serve", "contacts", env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert "AMANELA_TOKEN_SECRET" in said.decode()
