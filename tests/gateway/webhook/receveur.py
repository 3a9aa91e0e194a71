"""The program at the other end of a webhook: a real HTTP server that remembers what it was told and answers as asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from standardwebhooks import Webhook

JAMAIS = 0  # a request that is never answered


@dataclass(frozen=True, slots=True)
class Recu:
    """A request: its path, headers and body."""

    chemin: str
    entetes: dict[str, str]
    corps: str

    @property
    def id(self) -> str:
        return self.entetes["webhook-id"]

    @property
    def message(self) -> dict[str, Any]:
        lu: dict[str, Any] = orjson.loads(self.corps)
        return lu

    def verifier(self, secret: str) -> dict[str, Any]:
        """The message, once its signature and its age are checked as any receiver does."""
        lu: dict[str, Any] = Webhook(secret).verify(self.corps, self.entetes)
        return lu


@dataclass
class Receveur:
    """`reponses`: the codes to answer, in turn, for a path; 200 after them."""

    port: int = 0
    recus: list[Recu] = field(default_factory=list)
    reponses: dict[str, list[int]] = field(default_factory=dict)
    texte: str = "merci"

    def adresse(self, chemin: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{chemin}"

    def de(self, chemin: str) -> list[Recu]:
        return [recu for recu in self.recus if recu.chemin == chemin]

    async def servir(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tete = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        entetes = {nom.lower(): valeur for nom, _, valeur in (ligne.partition(": ") for ligne in tete[1:] if ligne)}
        corps = (await reader.readexactly(int(entetes["content-length"]))).decode()
        chemin = tete[0].split()[1]
        self.recus.append(Recu(chemin, entetes, corps))
        suite = self.reponses.get(chemin, [])
        code = suite.pop(0) if suite else 200
        if code == JAMAIS:
            await reader.read()  # until the other side gives up
        else:
            dit = self.texte.encode()
            ailleurs = "location: http://127.0.0.1:1/\r\n" if code in (301, 302, 307) else ""
            debut = f"HTTP/1.1 {code} Dit\r\ncontent-length: {len(dit)}\r\nconnection: close\r\n{ailleurs}\r\n"
            writer.write(debut.encode() + dit)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def ecouter() -> AsyncIterator[Receveur]:
    """A receiver listening on a free port."""
    receveur = Receveur()
    serveur = await asyncio.start_server(receveur.servir, "127.0.0.1", 0)
    receveur.port = serveur.sockets[0].getsockname()[1]
    async with serveur:
        yield receveur
