"""A mail server for tests: it speaks SMTP on a free port and keeps what it received."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP

from shared.settings import Settings


@dataclass
class Boite:
    """What the mail server received; it refuses addresses of refuse.example, and everything when closed."""

    recus: list[EmailMessage] = field(default_factory=list)
    est_fermee: bool = False
    port: int = 0

    async def handle_RCPT(self, _serveur: SMTP, _session: Any, enveloppe: Any, adresse: str, _options: Any) -> str:  # noqa: N802
        if self.est_fermee:
            return "451 try again later"
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
    """The mail server, listening."""
    boite = Boite()
    serveur = await asyncio.get_running_loop().create_server(lambda: SMTP(boite), "127.0.0.1", 0)
    boite.port = serveur.sockets[0].getsockname()[1]
    async with serveur:
        yield boite


@pytest.fixture
def test_settings(test_settings: Settings, boite: Boite) -> Settings:
    """The settings of the tests, with that mail server."""
    return test_settings.model_copy(update={"smtp_port": boite.port})
