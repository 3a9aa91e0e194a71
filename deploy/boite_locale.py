"""The demo's post office: a real SMTP server on a local port that keeps every mail instead of sending it.

Messages are `.eml` files; `index.jsonl` beside them holds one line per message, which the gateway's mailbox page reads.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from shared.kernel.clock import Clock, SystemClock
from shared.kernel.ids import new_id

INDEX = "index.jsonl"
LARGEST = 30 * 1024 * 1024


class BoiteLocale:
    """Receives mails into `folder`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self._clock = folder, clock
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Keep one mail: its bytes, then its line in the index."""
        content = envelope.original_content or b""
        name = f"{new_id()}.eml"
        await asyncio.to_thread((self.folder / name).write_bytes, content)
        line = json.dumps(self._summary(name, content, envelope), ensure_ascii=False)
        await asyncio.to_thread(self._append, line)
        return "250 Message conserve"

    def _summary(self, name: str, content: bytes, envelope: Envelope) -> dict[str, Any]:
        message = message_from_bytes(content, policy=policy.default)
        if not isinstance(message, EmailMessage):
            raise TypeError("the default policy makes EmailMessage")
        return {
            "fichier": name,
            "recu_le": self._clock.now().astimezone(UTC).isoformat(),
            "de": str(message["From"] or envelope.mail_from),
            "a": list(envelope.rcpt_tos),
            "objet": str(message["Subject"] or ""),
            "message_id": str(message["Message-ID"] or ""),
            "pieces": [part.get_filename() or "sans nom" for part in message.iter_attachments()],
        }

    def _append(self, line: str) -> None:
        with (self.folder / INDEX).open("a", encoding="utf-8") as index:
            index.write(line + "\n")

    def messages(self) -> list[dict[str, Any]]:
        """Every mail kept, oldest first."""
        index = self.folder / INDEX
        return [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()] if index.exists() else []


@asynccontextmanager
async def open_boite(
    folder: Path, *, port: int = 0, clock: Clock | None = None
) -> AsyncIterator[tuple[BoiteLocale, int]]:
    """Serve SMTP on 127.0.0.1 (a free port when 0) until leaving: the mailbox and its port."""
    boite = BoiteLocale(folder, clock or SystemClock())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(boite, loop=loop, hostname="amanela.local", data_size_limit=LARGEST, enable_SMTPUTF8=True),
        "127.0.0.1",
        port,
    )
    try:
        yield boite, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
