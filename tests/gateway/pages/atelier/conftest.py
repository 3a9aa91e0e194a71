"""A gateway in this process, in front of inventory only: the other services are stopped."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gateway.app import create_app
from gateway.clients.portes import PorteAsgi
from gateway.compte import use_cases as comptes
from gateway.compte.schemas import NouveauCompte
from services.inventory.app import create_app as create_inventory
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.means import lend
from shared.settings import Settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.texte import simple
from tests.builders.inventory import Atelier, un_atelier

MOT_DE_PASSE = "un-mot-de-passe-long"
COMPTES = {"karim": ["atelier", "magasin", "achats"], "celine": ["direction"], "bruno": ["atelier"]}


@dataclass(slots=True)
class Navigateur:
    """Somebody signed in. `api` is inventory itself, spoken to with every right."""

    http: httpx.AsyncClient
    api: httpx.AsyncClient
    atelier: Atelier
    csrf: str = ""

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

    async def devenir(self, identifiant: str) -> None:
        """Sign in as somebody."""
        entree = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE}
        self.http.cookies.clear()
        assert (await self.http.post("/connexion", data=entree)).status_code in (204, 303)
        trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await self.lire("/atelier"))
        assert trouve is not None
        self.csrf = trouve[1]

    async def feuille(self) -> dict[str, Any]:
        """The only feuille, as the service gives it."""
        liste = (await self.api.get("/feuilles")).json()["elements"]
        vue: dict[str, Any] = (await self.api.get(f"/feuilles/{liste[0]['id']}")).json()
        return vue


@pytest.fixture
async def navigateur(
    service_database: ServiceDatabase,
    service_client: ServiceClient,
    clock: FrozenClock,
    actor: Actor,
    test_settings: Settings,
    renderer: Renderer,
) -> AsyncIterator[Navigateur]:
    """The workshop's technician, in front of the company of inventory's tests."""
    base, passerelle = await service_database("inventory", clock), await service_database("gateway", clock)
    atelier = await un_atelier(base, actor)
    api = await service_client("inventory", base)
    portes = {"inventory": PorteAsgi(create_inventory(lend(base, test_settings, renderer=renderer)))}
    async with passerelle.transaction(Actor.systeme("Installation")) as tx:
        for identifiant, roles in COMPTES.items():
            saisie = NouveauCompte(
                identifiant=identifiant, nom=identifiant.title(), roles=roles, mot_de_passe=MOT_DE_PASSE
            )
            await comptes.creer(tx, saisie)
    transport = httpx.ASGITransport(create_app(lend(passerelle, test_settings, renderer=renderer), portes))
    async with httpx.AsyncClient(transport=transport, base_url="https://essai") as http:
        personne = Navigateur(http, api, atelier)
        await personne.devenir("karim")
        yield personne
