"""Bounds on what a request may carry, enforced before anything is parsed."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.problems import PHRASES_HTTP, probleme

MAX_BODY = 2 * 1024 * 1024
MAX_UPLOAD = 30 * 1024 * 1024  # attached files; the storage says the exact limit, with the name of the file
CATALOGUE_MAX = 200 * 1024 * 1024  # the tariff of a distributor, 500,000 references: written to disk as it comes


class BodyLimit:
    """Refuses with 413, announced or streamed, files over `maximum` bytes and any other body over MAX_BODY.

    `larges`: beginnings of paths where files may be larger, and how much.
    """

    def __init__(self, app: ASGIApp, maximum: int = MAX_BODY, larges: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.maximum = maximum
        self.larges = dict(larges or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        file = _is_file(headers.get(b"content-type", b""))
        limit = self._of_files(scope["path"]) if file else min(self.maximum, MAX_BODY)
        if int(headers.get(b"content-length", b"0")) > limit:
            code, phrase = PHRASES_HTTP[413]
            await probleme(413, code, "Demande refusée", phrase)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit), send)

    def _of_files(self, path: str) -> int:
        return next((bound for begin, bound in self.larges.items() if path.startswith(begin)), self.maximum)


def _is_file(content_type: bytes) -> bool:
    """Whether a body is not text read whole into memory: every kind of JSON is (`application/problem+json` too)."""
    essence = content_type.partition(b";")[0].strip().lower()
    return not essence.endswith((b"json", b"x-www-form-urlencoded"))


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413)
        return message

    return counted
