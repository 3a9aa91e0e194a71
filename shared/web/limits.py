"""Bounds on what a request may carry, enforced before anything is parsed."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.problems import PHRASES_HTTP, probleme

MAX_BODY = 2 * 1024 * 1024


class BodyLimit:
    """Refuses bodies over `maximum` bytes with 413, announced or streamed."""

    def __init__(self, app: ASGIApp, maximum: int = MAX_BODY) -> None:
        self.app = app
        self.maximum = maximum

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
        if int(announced) > self.maximum:
            code, phrase = PHRASES_HTTP[413]
            await probleme(413, code, "Demande refusée", phrase)(scope, receive, send)
            return
        await self.app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.maximum:
                raise HTTPException(413)
            return message

        return counted
