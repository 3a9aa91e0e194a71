"""A bare keep-alive HTTP client: it must cost the measure almost nothing, and it counts nothing but the wait."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

import orjson


class Refused(RuntimeError):
    """The product answered with an error: no figure may hide it."""


@dataclass(slots=True)
class Client:
    """One connection, one request at a time, opened again when the server hung up. `headers` go with each."""

    where: SplitResult
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    headers: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def open(cls, address: str, headers: dict[str, str] | None = None) -> Self:
        """Connect to `http://host:port`."""
        where = urlsplit(address)
        return cls(where, *await _connect(where), {"host": where.netloc, **(headers or {})})

    async def request(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
        """The body of the answer; Refused from 400 on."""
        if self.reader.at_eof():  # the server hangs up on who was silent for long
            await self.close()
            self.reader, self.writer = await _connect(self.where)
        sent = {**self.headers, **(headers or {}), "content-length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        status, read = await self._head()
        content = await self._content(read)
        if status >= 400 or (status == 303 and method == "GET"):
            raise Refused(f"{method} {path}: {status} {content[:600].decode(errors='replace')}")
        return content

    async def _head(self) -> tuple[int, dict[str, str]]:
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        read: dict[str, str] = {}
        for line in lines[1:-2]:
            name, value = line.split(": ", 1)
            read[name.lower()] = value
            if name.lower() == "set-cookie":
                self._keep_cookie(value)
        return int(lines[0].split(" ", 2)[1]), read

    def _keep_cookie(self, value: str) -> None:
        name, _, given = value.split(";", 1)[0].partition("=")
        self.cookies[name] = given
        self.headers["cookie"] = "; ".join(f"{known}={kept}" for known, kept in self.cookies.items())

    async def _content(self, read: dict[str, str]) -> bytes:
        if "content-length" in read:
            return await self.reader.readexactly(int(read["content-length"]))
        if read.get("transfer-encoding") != "chunked":
            return b""
        pieces = []
        while size := int(await self.reader.readline(), 16):
            pieces.append((await self.reader.readexactly(size + 2))[:-2])
        await self.reader.readline()
        return b"".join(pieces)

    async def read(self, path: str) -> Any:
        """GET JSON."""
        return orjson.loads(await self.request("GET", path))

    async def send(self, method: str, path: str, body: Any = None, version: int | None = None) -> Any:
        """Send JSON and read the JSON answered, None when it is empty."""
        headers = {"content-type": "application/json"}
        if version is not None:
            headers["if-match"] = str(version)
        answer = await self.request(method, path, orjson.dumps(body if body is not None else {}), headers)
        return orjson.loads(answer) if answer else None

    async def post(self, path: str, body: Any = None) -> Any:
        """POST JSON."""
        return await self.send("POST", path, body)

    async def close(self) -> None:
        """Hang up."""
        self.writer.close()
        with suppress(ConnectionError):  # it had hung up first
            await self.writer.wait_closed()


async def _connect(where: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(where.hostname, where.port, limit=2**22)
