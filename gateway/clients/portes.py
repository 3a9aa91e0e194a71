"""The two ways to reach a service: in the same process through ASGI, or over HTTP."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
from starlette.types import ASGIApp, Message


class PorteFermee(Exception):
    """The service could not be reached, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a service answered."""

    statut: int
    entetes: Mapping[str, str]
    corps: bytes


Corps = bytes | AsyncIterator[bytes]  # a stream is passed on piece by piece


class Porte(Protocol):
    """Carries one request to one service."""

    async def appeler(
        self, methode: str, chemin: str, *, requete: str = "", entetes: Mapping[str, str], corps: Corps = b""
    ) -> Reponse: ...

    async def fermer(self) -> None: ...


@dataclass(slots=True)
class PorteHttp:
    """A service in another process."""

    adresse: str
    delai: float = 20.0
    _client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        limites = httpx.Limits(max_connections=100, max_keepalive_connections=50)
        self._client = httpx.AsyncClient(base_url=self.adresse, timeout=self.delai, limits=limites)

    async def appeler(
        self, methode: str, chemin: str, *, requete: str = "", entetes: Mapping[str, str], corps: Corps = b""
    ) -> Reponse:
        """PorteFermee when nobody answers."""
        url = f"{chemin}?{requete}" if requete else chemin
        try:
            reponse = await self._client.request(methode, url, headers=dict(entetes), content=corps)
        except httpx.TransportError as error:
            raise PorteFermee(urlsplit(self.adresse).netloc) from error
        return Reponse(reponse.status_code, reponse.headers, reponse.content)

    async def fermer(self) -> None:
        """Close the connections."""
        await self._client.aclose()


@dataclass(slots=True)
class PorteAsgi:
    """A service in this process: its application is called directly, without sockets."""

    app: ASGIApp

    async def appeler(
        self, methode: str, chemin: str, *, requete: str = "", entetes: Mapping[str, str], corps: Corps = b""
    ) -> Reponse:
        """Runs the application to the end of its answer."""
        portee: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": methode,
            "scheme": "http",
            "path": chemin,
            "raw_path": chemin.encode(),
            "query_string": requete.encode(),
            "root_path": "",
            "headers": [
                *((nom.lower().encode(), valeur.encode("latin-1", "replace")) for nom, valeur in entetes.items()),
                *([(b"content-length", str(len(corps)).encode())] if isinstance(corps, bytes) else ()),
            ],
            "server": ("service", 80),
            "client": ("127.0.0.1", 0),
            "state": {},
        }
        recu = {"statut": 500, "entetes": []}
        morceaux: list[bytes] = []
        reste = _morceaux(corps)
        envoye = False

        async def receive() -> Message:
            nonlocal envoye
            if envoye:
                return {"type": "http.disconnect"}
            morceau = await anext(reste, None)
            envoye = morceau is None
            return {"type": "http.request", "body": morceau or b"", "more_body": not envoye}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                recu["statut"], recu["entetes"] = message["status"], message["headers"]
            elif message["type"] == "http.response.body":
                morceaux.append(message.get("body", b""))

        try:
            await self.app(portee, receive, send)
        except Exception:
            if not morceaux:  # the service already answered 500 to its caller and logged the trace
                raise
        entetes_lus: Any = recu["entetes"]
        statut: Any = recu["statut"]
        return Reponse(statut, {n.decode(): v.decode("latin-1") for n, v in entetes_lus}, b"".join(morceaux))

    async def fermer(self) -> None:
        """Nothing is held."""


async def _morceaux(corps: Corps) -> AsyncIterator[bytes]:
    if isinstance(corps, bytes):
        if corps:
            yield corps
        return
    async for morceau in corps:
        yield morceau
