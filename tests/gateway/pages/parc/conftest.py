"""A gateway in this process, in front of maintenance only: the other services are stopped."""

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
from services.maintenance.app import create_app as create_maintenance
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.means import lend
from shared.settings import Settings
from shared.testing.boite import boite, test_settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.texte import simple
from tests.services.maintenance.conftest import maintenance

__all__ = ["boite", "maintenance", "test_settings"]
MOT_DE_PASSE = "un-mot-de-passe-long"


@dataclass(slots=True)
class Navigateur:
    """Somebody signed in. `api` is maintenance itself, spoken to with every right."""

    http: httpx.AsyncClient
    api: httpx.AsyncClient
    csrf: str = ""

    async def lire(self, url: str, statut: int = 200) -> str:
        """A page; spaces of French typography become plain ones."""
        reponse = await self.http.get(url, headers={"accept": "text/html"})
        assert reponse.status_code == statut, reponse.text[:2000]
        return simple(reponse.text)

    async def envoyer(self, url: str, champs: dict[str, Any], statut: int = 204) -> httpx.Response:
        """A form posted by htmx."""
        entetes = {"HX-Request": "true", "X-CSRF-Token": self.csrf}
        reponse = await self.http.post(url, data=champs, headers=entetes)
        assert reponse.status_code == statut, reponse.text[:2000]
        return reponse


class ServiceArrete:
    """A service that does not answer."""

    async def appeler(self, *_args: Any, **_options: Any) -> Any:
        raise PorteFermee("arrete")

    async def fermer(self) -> None:
        """Nothing is held."""


@pytest.fixture
async def navigateur(
    maintenance: Database,
    service_database: ServiceDatabase,
    service_client: ServiceClient,
    clock: FrozenClock,
    test_settings: Settings,
    renderer: Renderer,
) -> AsyncIterator[Navigateur]:
    """The administrator, in front of the world of maintenance's tests."""
    passerelle = await service_database("gateway", clock)
    api = await service_client("maintenance", maintenance)
    portes: dict[str, Porte] = {nom: ServiceArrete() for nom in ("contacts", "inventory", "billing")}
    portes["maintenance"] = PorteAsgi(create_maintenance(lend(maintenance, test_settings, renderer=renderer)))
    saisie = NouveauCompte(identifiant="admin", nom="Camille Test", roles=["administrateur"], mot_de_passe=MOT_DE_PASSE)
    async with passerelle.transaction(Actor.systeme("Installation")) as tx:
        await comptes.creer(tx, saisie)
    transport = httpx.ASGITransport(create_app(lend(passerelle, test_settings, renderer=renderer), portes))
    async with httpx.AsyncClient(transport=transport, base_url="https://essai") as http:
        entree = {"identifiant": "admin", "mot_de_passe": MOT_DE_PASSE}
        assert (await http.post("/connexion", data=entree)).status_code in (204, 303)
        personne = Navigateur(http, api)
        trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await personne.lire("/parc"))
        assert trouve is not None
        personne.csrf = trouve[1]
        yield personne
