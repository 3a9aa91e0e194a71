"""Bodies are bounded before anything reads them; a place that takes larger files says so."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from shared.web.limits import MAX_BODY, BodyLimit


async def compter(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(sum([len(morceau) async for morceau in request.stream()])))


@pytest.mark.parametrize(
    ("chemin", "genre", "taille", "statut"),
    [
        ("/grands/1", "text/csv", 2_000, 200),
        ("/grands/1", "text/csv", 3_001, 413),
        ("/autres", "text/csv", 1_001, 413),
        ("/autres", "text/csv", 1_000, 200),
        ("/grands/1", "application/json", MAX_BODY + 1, 413),
    ],
)
async def test_a_body_over_its_bound_is_refused(chemin: str, genre: str, taille: int, statut: int) -> None:
    app = Starlette(routes=[Route("/{reste:path}", compter, methods=["PUT"])])
    app.add_middleware(BodyLimit, maximum=1_000, larges={"/grands/": 3_000})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as client:
        annonce = await client.put(chemin, content=b"x" * taille, headers={"content-type": genre})
    assert annonce.status_code == statut
