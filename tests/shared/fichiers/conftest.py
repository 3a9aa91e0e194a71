"""A store that speaks S3, in a process of its own."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO

import pytest
from minio import Minio

from shared.fichiers.s3 import ReglagesS3
from shared.testing.eventually import eventually

COMPARTIMENT = "fichiers"


@dataclass(frozen=True, slots=True)
class Magasin:
    """The store as its owner sees it."""

    reglages: ReglagesS3
    client: Minio

    def noms(self) -> list[str]:
        """Every object kept."""
        return [objet.object_name or "" for objet in self.client.list_objects(COMPARTIMENT, recursive=True)]

    def abimer(self, contenu: bytes) -> None:
        """Put something else under the only name there is."""
        (nom,) = self.noms()
        self.client.put_object(COMPARTIMENT, nom, BytesIO(contenu), len(contenu))


@pytest.fixture(scope="module")
async def serveur_s3() -> AsyncIterator[str]:
    """Address of a store, `host:port`."""
    with closing(socket.create_server(("127.0.0.1", 0))) as libre:
        port = libre.getsockname()[1]
    commande = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    rien = asyncio.subprocess.DEVNULL
    processus = await asyncio.create_subprocess_exec(*commande, stdout=rien, stderr=rien)

    async def ecoute() -> None:
        _, flux = await asyncio.open_connection("127.0.0.1", port)
        flux.close()
        await flux.wait_closed()

    await eventually(ecoute, 120)
    yield f"127.0.0.1:{port}"
    processus.terminate()
    await processus.wait()


@pytest.fixture
def magasin(serveur_s3: str) -> Magasin:
    """An empty bucket."""
    reglages = ReglagesS3(serveur_s3, COMPARTIMENT, "cle", "secret", "us-east-1", tls=False)
    client = Minio(serveur_s3, access_key="cle", secret_key="secret", region="us-east-1", secure=False)
    if client.bucket_exists(COMPARTIMENT):
        for objet in client.list_objects(COMPARTIMENT, recursive=True):
            client.remove_object(COMPARTIMENT, objet.object_name or "")
    else:
        client.make_bucket(COMPARTIMENT)
    return Magasin(reglages, client)
