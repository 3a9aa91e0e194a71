"""Styles and scripts travel in the short form the build left; a browser that cannot read it gets the long one."""

import json

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from deploy import frontend
from gateway.app import Statiques


@pytest.fixture(scope="module")
def http() -> httpx.AsyncClient:
    """What the build left, served as the gateway does; httpx reads the short forms."""
    frontend.build()
    gzip = Middleware(GZipMiddleware, minimum_size=1000)
    app = Starlette(routes=[Mount("/static", Statiques(directory=frontend.DIST))], middleware=[gzip])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://essai")


def fichiers() -> dict[str, str]:
    """The real name of each file of the interface."""
    lus: dict[str, str] = json.loads((frontend.DIST / "manifest.json").read_text(encoding="utf-8"))["fichiers"]
    return lus


@pytest.mark.parametrize(("accepte", "envoye"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=1.0", "br")])
async def test_un_texte_part_dans_sa_forme_courte(http: httpx.AsyncClient, accepte: str, envoye: str) -> None:
    reponse = await http.get(f"/static/{fichiers()['app.css']}", headers={"accept-encoding": accepte})
    entetes = [reponse.headers[nom] for nom in ("content-encoding", "content-type", "vary")]
    assert entetes == [envoye, "text/css; charset=utf-8", "Accept-Encoding"]
    assert "immutable" in reponse.headers["cache-control"]


async def test_ce_qui_n_a_pas_de_forme_courte_part_comme_il_est(http: httpx.AsyncClient) -> None:
    reponse = await http.get(f"/static/{fichiers()['inter.woff2']}", headers={"accept-encoding": "br"})
    assert (reponse.status_code, "content-encoding" in reponse.headers) == (200, False)
    assert (await http.get("/static/absente.css", headers={"accept-encoding": "br"})).status_code == 404


async def test_chaque_texte_de_l_interface_a_sa_forme_courte_et_c_est_le_meme(http: httpx.AsyncClient) -> None:
    textes = [nom for nom in fichiers().values() if nom.endswith((".css", ".js", ".svg"))]
    assert len(textes) > 5
    for nom in textes:
        reponse = await http.get(f"/static/{nom}", headers={"accept-encoding": "br"})
        assert reponse.headers["content-encoding"] == "br", nom
        assert reponse.content == (frontend.DIST / nom).read_bytes(), nom
