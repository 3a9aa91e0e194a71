"""A gateway in this process with the services a test needs; the others are stopped. `await bureau.asseoir("celine", "administratif")`."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import httpx
from fastapi import FastAPI

from gateway.app import create_app
from gateway.clients.portes import Porte, PorteAsgi, PorteFermee
from gateway.compte import use_cases as comptes
from gateway.compte.schemas import NouveauCompte
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.means import lend
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from shared.testing.texte import simple

MOT_DE_PASSE = "un-mot-de-passe-long"
SERVICES = ("contacts", "demandes", "commercial", "purchasing", "inventory", "billing", "maintenance")


class ServiceArrete:
    """A service that does not answer."""

    async def appeler(self, *_args: Any, **_options: Any) -> Any:
        raise PorteFermee("arrete")

    async def fermer(self) -> None:
        """Nothing is held."""


@dataclass(slots=True)
class Poste:
    """Somebody at his screen."""

    http: httpx.AsyncClient
    csrf: str = ""

    async def lire(self, url: str, statut: int = 200, **entetes: str) -> str:
        """A page; spaces of French typography become plain ones."""
        tetes = {"accept": "text/html", **{k.replace("_", "-"): v for k, v in entetes.items()}}
        reponse = await self.http.get(url, headers=tetes)
        assert reponse.status_code == statut, f"{reponse.status_code} {reponse.text[:2000]}"
        return simple(reponse.text)

    async def envoyer(self, url: str, statut: int = 204, *, files: Any = None, **champs: Any) -> httpx.Response:
        """A form posted by htmx."""
        entetes = {"HX-Request": "true", "X-CSRF-Token": self.csrf}
        reponse = await self.http.post(url, data=champs, files=files, headers=entetes)
        assert reponse.status_code == statut, f"{reponse.status_code} {reponse.text[:2000]}"
        return reponse

    async def entrer(self, identifiant: str, mot_de_passe: str = MOT_DE_PASSE) -> httpx.Response:
        """Sign in, as the page does."""
        saisie = {"identifiant": identifiant, "mot_de_passe": mot_de_passe}
        return await self.http.post("/connexion", data=saisie, headers={"accept": "text/html"})

    async def prendre_csrf(self, url: str = "/moi") -> None:
        """The anti-forgery value its pages carry."""
        trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await self.lire(url))
        assert trouve is not None
        self.csrf = trouve[1]


@dataclass
class Bureau:
    """The office: its gateway, the database of each service started, its people."""

    app: FastAPI
    bases: dict[str, Database]
    _pile: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def poste(self) -> Poste:
        """A browser where nobody signed in."""
        transport = httpx.ASGITransport(self.app)
        return Poste(
            await self._pile.enter_async_context(httpx.AsyncClient(transport=transport, base_url="https://essai"))
        )

    async def embaucher(self, identifiant: str, *roles: str, **champs: Any) -> None:
        """An account of these roles."""
        saisie = NouveauCompte(
            identifiant=identifiant, nom=identifiant.title(), roles=list(roles), mot_de_passe=MOT_DE_PASSE, **champs
        )
        async with self.bases["gateway"].transaction(Actor.systeme("Installation")) as tx:
            await comptes.creer(tx, saisie)

    async def asseoir(self, identifiant: str, *roles: str, **champs: Any) -> Poste:
        """Somebody hired, signed in."""
        await self.embaucher(identifiant, *roles, **champs)
        poste = await self.poste()
        assert (await poste.entrer(identifiant)).status_code == 303
        await poste.prendre_csrf()
        return poste


@asynccontextmanager
async def ouvrir(
    *services: str, service_database: ServiceDatabase, clock: FrozenClock, settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """A gateway in front of `services`."""
    bases = {nom: await service_database(nom, clock) for nom in ("gateway", *services)}
    portes: dict[str, Porte] = {nom: ServiceArrete() for nom in SERVICES}
    for nom in services:
        moyens = lend(bases[nom], settings, renderer=renderer)
        portes[nom] = PorteAsgi(import_module(f"services.{nom}.app").create_app(moyens))
    bureau = Bureau(create_app(lend(bases["gateway"], settings, renderer=renderer), portes), bases)
    async with bureau._pile:
        yield bureau
