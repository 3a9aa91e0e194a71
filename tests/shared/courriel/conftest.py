"""A real SMTP server on a free port, which keeps what it receives and refuses whom it is told to."""

import asyncio
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiosmtpd.smtp import SMTP


@dataclass
class Boite:
    """What the server received and how it must answer."""

    recus: list[Any] = field(default_factory=list)
    refus: dict[str, str] = field(default_factory=dict)
    reponse_donnees: str = "250 OK"
    port: int = 0

    async def handle_RCPT(self, _serveur: SMTP, _session: Any, enveloppe: Any, adresse: str, _options: Any) -> str:  # noqa: N802
        if adresse in self.refus:
            return self.refus[adresse]
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(self, _serveur: SMTP, _session: Any, enveloppe: Any) -> str:  # noqa: N802
        self.recus.append(enveloppe)
        return self.reponse_donnees


@asynccontextmanager
async def servir(boite: Boite, **options: Any) -> AsyncIterator[Boite]:
    serveur = await asyncio.get_running_loop().create_server(lambda: SMTP(boite, **options), "127.0.0.1", 0)
    boite.port = serveur.sockets[0].getsockname()[1]
    async with serveur:
        yield boite


@pytest_asyncio.fixture
async def boite() -> AsyncIterator[Boite]:
    async with servir(Boite()) as ouverte:
        yield ouverte


@pytest.fixture(scope="session")
def certificat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, and its key in the same file."""
    chemin = tmp_path_factory.mktemp("tls") / "serveur.pem"
    cle = chemin.with_suffix(".key")
    commande = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    commande += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(cle), "-out", str(chemin)]
    subprocess.run(commande, check=True, capture_output=True)
    return chemin


@pytest_asyncio.fixture
async def boite_tls(certificat: Path) -> AsyncIterator[Boite]:
    contexte = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    contexte.load_cert_chain(certificat, certificat.with_suffix(".key"))
    async with servir(Boite(), tls_context=contexte, require_starttls=True) as ouverte:
        yield ouverte
