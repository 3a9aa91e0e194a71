"""The stream of a browser (one per browser, shared by its tabs), within the rights and the reach of its person."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from gateway.clients.services import Services
from gateway.live.hub import FIN, Flux, Hub
from gateway.session.dependances import User, acteur_present

router = APIRouter()
BATTEMENT = 20.0


@router.get("/live", include_in_schema=False)
async def live(request: Request, user: User) -> StreamingResponse:
    """Facts as server-sent events; a comment every 20 s keeps proxies awake."""
    hub: Hub = request.app.state.hub
    entetes = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    flux = hub.ouvrir(user.actor)
    return StreamingResponse(_suivre(request, hub, flux), media_type="text/event-stream", headers=entetes)


async def _suivre(request: Request, hub: Hub, flux: Flux) -> AsyncIterator[bytes]:
    """Until the browser leaves, or its person is signed out; rights are read again at each heartbeat."""
    horloge = asyncio.get_running_loop().time
    relu_a = horloge()
    try:
        yield b"retry: 2000\nevent: ouvert\ndata: {}\n\n"
        while True:
            if horloge() - relu_a >= BATTEMENT:
                actor, relu_a = await acteur_present(request), horloge()
                if actor is None:
                    return
                flux.actor = actor
            try:
                message = await asyncio.wait_for(flux.file.get(), BATTEMENT)
            except TimeoutError:
                yield b": battement\n\n"
                continue
            if message == FIN:
                return
            if flux.deborde:
                flux.deborde = False
                yield b"event: relire\ndata: {}\n\n"
            if not message.si_atteinte or await _atteinte(request, flux, message.demande_id):
                yield b"event: fait\ndata: " + message.corps + b"\n\n"
    finally:
        hub.fermer(flux)


async def _atteinte(request: Request, flux: Flux, demande_id: UUID | None) -> bool:
    """Whether the person reaches the demande a fact is about: the service that owns it says so."""
    if demande_id is None:
        return False
    services: Services = request.app.state.services.pour(flux.actor)
    return bool(await services.panneau("demandes", f"/demandes/{demande_id}/carte"))
