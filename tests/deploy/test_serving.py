"""The address of a visitor is that of the socket, or the one told by a proxy that is trusted."""

import asyncio
from typing import Any

import httpx
import pytest

from deploy.serving import bind, serve_until


async def _visiteur(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """An application that answers with the address it sees."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["client"][0].encode()})


@pytest.mark.parametrize(
    ("trusted", "vue"),
    [("127.0.0.0/8", "203.0.113.7"), ("127.0.0.1,::1", "203.0.113.7"), ("172.16.0.0/12", "127.0.0.1")],
)
async def test_only_trusted_proxies_tell_the_address_of_a_visitor(trusted: str, vue: str) -> None:
    stop, listening = asyncio.Event(), bind("127.0.0.1", 0)
    serving = asyncio.create_task(serve_until(stop, _visiteur, listening, trusted_proxies=trusted))
    async with httpx.AsyncClient() as client:
        adresse = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        reponse = await client.get(adresse, headers={"x-forwarded-for": "203.0.113.7"}, timeout=30)
    stop.set()
    await serving
    assert reponse.text == vue


async def test_a_stop_ends_the_streams_that_never_would() -> None:
    stop, ended, listening = asyncio.Event(), asyncio.Event(), bind("127.0.0.1", 0)

    async def sans_fin(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ouvert", "more_body": True})
        await ended.wait()
        await send({"type": "http.response.body", "body": b", clos"})

    serving = asyncio.create_task(serve_until(stop, sans_fin, listening, trusted_proxies="", end_streams=ended.set))
    adresse = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    async with httpx.AsyncClient() as client, client.stream("GET", adresse, timeout=30) as reponse:
        morceaux = reponse.aiter_text()
        assert await anext(morceaux) == "ouvert"
        stop.set()
        assert [morceau async for morceau in morceaux] == [", clos"]
    await serving
