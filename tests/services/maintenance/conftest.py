"""Maintenance knowing us and two clients, with a mail server that speaks SMTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.smtp import SMTP

from services.maintenance.subscriptions import subscriptions
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.settings import Mode, Settings
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.maintenance import AUTRE_CLIENT, un_client, une_societe


@dataclass
class Boite:
    """What the mail server received; it refuses addresses of refuse.example."""

    recus: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, _serveur: SMTP, _session: Any, enveloppe: Any, adresse: str, _options: Any) -> str:  # noqa: N802
        if adresse.endswith("@refuse.example"):
            return "550 unknown user"
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(self, _serveur: SMTP, _session: Any, enveloppe: Any) -> str:  # noqa: N802
        lu = message_from_bytes(enveloppe.content, policy=policy.default)
        assert isinstance(lu, EmailMessage)
        self.recus.append(lu)
        return "250 OK"


@pytest.fixture
async def boite() -> AsyncIterator[Boite]:
    """A real SMTP server on a free port."""
    boite = Boite()
    serveur = await asyncio.get_running_loop().create_server(lambda: SMTP(boite), "127.0.0.1", 0)
    boite.port = serveur.sockets[0].getsockname()[1]
    async with serveur:
        yield boite


@pytest.fixture
def test_settings(postgres_url: str, tmp_path: Path, boite: Boite) -> Settings:
    """The settings of the tests, with that mail server."""
    return Settings(
        mode=Mode.EMBEDDED,
        database_url=postgres_url,
        storage_folder=tmp_path / "fichiers",
        smtp_tls="aucun",
        smtp_port=boite.port,
    )


@pytest.fixture
async def maintenance(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    """The database of maintenance, where the company and two clients are known."""
    database = await service_database("maintenance", clock)
    autre = un_client(AUTRE_CLIENT, code="C00002", nom="Mairie d’Épagny", email=None)
    await recevoir(database, subscriptions, un_client(), autre, une_societe())
    return database


@pytest.fixture
async def client(maintenance: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Somebody who may do everything."""
    return await service_client("maintenance", maintenance)
