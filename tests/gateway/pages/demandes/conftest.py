"""A gateway in this process, in front of contacts and demandes only: the other services are stopped."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

import httpx
import pytest

from gateway.app import create_app
from gateway.clients.portes import Porte, PorteAsgi
from gateway.compte import use_cases as comptes
from gateway.compte.schemas import NouveauCompte
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.means import lend
from shared.settings import Settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.texte import simple
from tests.builders.demandes import Monde, un_monde
from tests.gateway.bureau import SERVICES, ServiceArrete

MOT_DE_PASSE = "un-mot-de-passe"


@dataclass(slots=True)
class Navigateur:
    """Somebody signed in, looking at pages; `monde` is the service behind them."""

    http: httpx.AsyncClient
    monde: Monde
    base: Database
    csrf: str = ""

    async def asseoir(self, identifiant: str, *roles: str, collaborateur: UUID | None = None) -> "Navigateur":
        """A colleague with these roles, in front of the same pages; signed in again when the account exists."""
        if roles:
            saisie = NouveauCompte(
                identifiant=identifiant,
                nom=identifiant.title(),
                roles=list(roles),
                mot_de_passe=MOT_DE_PASSE,
                collaborateur_id=collaborateur,
            )
            async with self.base.transaction(Actor.systeme("Installation")) as tx:
                await comptes.creer(tx, saisie)
        http = httpx.AsyncClient(transport=self.http._transport, base_url=self.http.base_url)
        autre = Navigateur(http, self.monde, self.base)
        await autre.entrer(identifiant)
        return autre

    async def vue(self, chemin: str) -> dict[str, str]:
        """What a page just opened would say of the version it shows: "types-demande/sav", "tableaux/achats"."""
        return {"version": str((await self.monde.http.get(f"/{chemin}")).json()["version"])}

    async def entrer(self, identifiant: str) -> None:
        """Sign in, and read the anti-forgery value of the pages."""
        entree = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE}
        assert (await self.http.post("/connexion", data=entree)).status_code in (204, 303)
        trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await self.ouvrir("/demandes"))
        assert trouve is not None
        self.csrf = trouve[1]

    async def ouvrir(self, url: str, *, statut: int = 200, **entetes: str) -> str:
        """A page, or a block of it for htmx."""
        tetes = {"accept": "text/html", **{k.replace("_", "-"): v for k, v in entetes.items()}}
        reponse = await self.http.get(url, headers=tetes)
        assert reponse.status_code == statut, reponse.text[:2000]
        return simple(reponse.text)

    async def envoyer(self, url: str, **champs: str | list[str]) -> httpx.Response:
        """A form posted by htmx."""
        return await self.http.post(url, data=champs, headers={"HX-Request": "true", "X-CSRF-Token": self.csrf})

    async def deposer(self, url: str, corps: dict[str, object]) -> httpx.Response:
        """What an island posts."""
        return await self.http.post(url, json=corps, headers={"X-CSRF-Token": self.csrf})


@pytest.fixture
async def navigateur(
    service_database: ServiceDatabase,
    service_client: ServiceClient,
    clock: FrozenClock,
    test_settings: Settings,
    renderer: Renderer,
) -> AsyncIterator[Navigateur]:
    """The administrator in front of the default circuits."""
    bases = {nom: await service_database(nom, clock) for nom in ("gateway", "contacts", "demandes")}
    moyens = {nom: lend(base, test_settings, renderer=renderer) for nom, base in bases.items()}
    portes: dict[str, Porte] = {nom: ServiceArrete() for nom in SERVICES}
    for nom in ("contacts", "demandes"):
        portes[nom] = PorteAsgi(import_module(f"services.{nom}.app").create_app(moyens[nom]))
    saisie = NouveauCompte(identifiant="admin", nom="Camille Test", roles=["administrateur"], mot_de_passe=MOT_DE_PASSE)
    async with bases["gateway"].transaction(Actor.systeme("Installation")) as tx:
        await comptes.creer(tx, saisie)
    monde = await un_monde(bases["demandes"], await service_client("demandes", bases["demandes"]))
    transport = httpx.ASGITransport(create_app(moyens["gateway"], portes))
    async with httpx.AsyncClient(transport=transport, base_url="https://essai") as http:
        personne = Navigateur(http, monde, bases["gateway"])
        await personne.entrer("admin")
        yield personne
