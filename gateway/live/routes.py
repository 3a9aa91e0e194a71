"""The stream of a browser (one per browser, shared by its tabs)."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from gateway.live.hub import Flux, Hub
from gateway.session.dependances import User

router = APIRouter()
BATTEMENT = 20.0


@router.get("/live", include_in_schema=False)
async def live(request: Request, user: User) -> StreamingResponse:
    """Facts as server-sent events; a comment every 20 s keeps proxies awake."""
    hub: Hub = request.app.state.hub
    entetes = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_suivre(hub, hub.ouvrir(user.actor)), media_type="text/event-stream", headers=entetes)


async def _suivre(hub: Hub, flux: Flux) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 2000\nevent: ouvert\ndata: {}\n\n"
        while True:
            try:
                message = await asyncio.wait_for(flux.file.get(), BATTEMENT)
            except TimeoutError:
                yield b": battement\n\n"
                continue
            if flux.deborde:
                flux.deborde = False
                yield b"event: relire\ndata: {}\n\n"
            yield b"event: fait\ndata: " + message + b"\n\n"
    finally:
        hub.fermer(flux)
