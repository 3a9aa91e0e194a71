"""A gateway in this process, in front of commercial only: the other services are stopped."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gateway.app import create_app
from gateway.clients.portes import Porte, PorteAsgi, PorteFermee
from gateway.compte import use_cases as comptes
from gateway.compte.schemas import NouveauCompte
from services.commercial.app import create_app as create_commercial
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.means import lend
from shared.testing.boite import boite, test_settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.texte import simple
from tests.builders import commercial as b

__all__ = ["boite", "test_settings"]
MOT_DE_PASSE = "un-mot-de-passe-long"


@dataclass(slots=True)
class Navigateur:
    """Somebody signed in. `api` is commercial itself, spoken to with every right."""

    http: httpx.AsyncClient
    api: httpx.AsyncClient
    base: Database
    csrf: str = ""

    async def entrer(self) -> None:
        """Sign in, again when the session is over."""
        entree = {"identifiant": "admin", "mot_de_passe": MOT_DE_PASSE}
        assert (await self.http.post("/connexion", data=entree)).status_code in (204, 303)
        trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await self.lire("/devis"))
        assert trouve is not None
        self.csrf = trouve[1]

    async def lire(self, url: str, statut: int = 200, **entetes: str) -> str:
        """A page; spaces of French typography become plain ones."""
        tetes = {"accept": "text/html", **{k.replace("_", "-"): v for k, v in entetes.items()}}
        reponse = await self.http.get(url, headers=tetes)
        assert reponse.status_code == statut, reponse.text[:2000]
        return simple(reponse.text)

    async def envoyer(self, url: str, statut: int = 204, **champs: Any) -> httpx.Response:
        """A form posted by htmx."""
        entetes = {"HX-Request": "true", "X-CSRF-Token": self.csrf}
        reponse = await self.http.post(url, data=champs, headers=entetes)
        assert reponse.status_code == statut, reponse.text[:2000]
        return reponse

    async def ilot(self, methode: str, url: str, corps: Any = None, **entetes: str) -> httpx.Response:
        """What the island of the line editor sends."""
        return await self.http.request(methode, url, json=corps, headers={"X-CSRF-Token": self.csrf, **entetes})


class ServiceArrete:
    """A service that does not answer."""

    async def appeler(self, *_args: Any, **_options: Any) -> Any:
        raise PorteFermee("arrete")

    async def fermer(self) -> None:
        """Nothing is held."""


@pytest.fixture
async def navigateur(
    service_database: ServiceDatabase,
    service_client: ServiceClient,
    clock: FrozenClock,
    test_settings: Any,
    renderer: Renderer,
) -> AsyncIterator[Navigateur]:
    """The administrator, in front of the world of commercial's tests."""
    base, passerelle = await service_database("commercial", clock), await service_database("gateway", clock)
    await b.monde(base)
    api = await service_client("commercial", base)
    portes: dict[str, Porte] = {nom: ServiceArrete() for nom in ("contacts", "inventory")}
    portes["commercial"] = PorteAsgi(create_commercial(lend(base, test_settings, renderer=renderer)))
    saisie = NouveauCompte(identifiant="admin", nom="Camille Test", roles=["administrateur"], mot_de_passe=MOT_DE_PASSE)
    async with passerelle.transaction(Actor.systeme("Installation")) as tx:
        await comptes.creer(tx, saisie)
    transport = httpx.ASGITransport(create_app(lend(passerelle, test_settings, renderer=renderer), portes))
    async with httpx.AsyncClient(transport=transport, base_url="https://essai") as http:
        personne = Navigateur(http, api, base)
        await personne.entrer()
        yield personne
