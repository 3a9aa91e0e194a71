"""Filing routes changes how fast they are found, never which one answers."""

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.web.dispatch import include


@pytest.fixture
def client() -> httpx.AsyncClient:
    inner, router, last = APIRouter(), APIRouter(), APIRouter()

    @inner.get("/tiers/nouveau")
    async def nouveau() -> str:
        return "nouveau"

    @router.get("/tiers/{tiers_id}")
    async def fiche(tiers_id: str) -> str:
        return f"fiche {tiers_id}"

    @last.get("/{dossier}/{chemin:path}")
    async def reste(dossier: str, chemin: str) -> str:
        return f"reste {dossier} {chemin}"

    @last.get("/")
    async def racine() -> str:
        return "racine"

    router.include_router(inner)
    app = FastAPI()
    include(app, (inner, router, last))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/tiers/nouveau", "nouveau"),
        ("/tiers/12", "fiche 12"),
        ("/tiers/12/adresses/3", "reste tiers 12/adresses/3"),
        ("/autre/x", "reste autre x"),
        ("/", "racine"),
    ],
)
async def test_the_first_declared_route_that_matches_answers(client: httpx.AsyncClient, path: str, answer: str) -> None:
    assert (await client.get(path)).json() == answer


async def test_a_wrong_method_is_told_as_before(client: httpx.AsyncClient) -> None:
    assert (await client.post("/tiers/12")).status_code == 405
    assert (await client.put("/autre/x")).status_code == 405
