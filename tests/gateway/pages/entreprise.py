"""The whole company in this process: seven services and the gateway on fresh databases, facts carried by the real bus."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.boite_locale import BoiteLocale
from deploy.platform import Platform
from deploy.topology import GATEWAY
from gateway.compte.use_cases import premier_administrateur
from shared.testing.postgres import Databases
from shared.testing.texte import simple
from tests.journeys.equipe import SECRET, Equipe, Personne
from tests.journeys.plateforme import ouvrir_plateforme
from tests.journeys.systeme import MOT_DE_PASSE


@dataclass(slots=True)
class Maison:
    """A running company without process nor socket: what `Equipe` needs of a system."""

    platform: Platform
    boite: BoiteLocale

    def client(self, jeton: str = "") -> httpx.AsyncClient:
        """An HTTP client, authenticated when a token is given."""
        entetes = {"Authorization": f"Bearer {jeton}"} if jeton else {}
        transport = httpx.ASGITransport(self.platform.applications[GATEWAY.name])
        return httpx.AsyncClient(transport=transport, base_url="https://essai", headers=entetes, timeout=30)


@dataclass(slots=True)
class Navigateur:
    """Somebody in front of the pages."""

    http: httpx.AsyncClient
    csrf: str = ""

    async def lire(self, url: str, statut: int = 200) -> str:
        """A page; spaces of French typography become plain ones."""
        reponse = await self.http.get(url, headers={"accept": "text/html"})
        assert reponse.status_code == statut, f"{url}: {reponse.status_code} {reponse.text[:2000]}"
        return simple(reponse.text)

    async def envoyer(self, url: str, statut: int = 204, **champs: Any) -> httpx.Response:
        """A form posted by htmx."""
        entetes = {"HX-Request": "true", "X-CSRF-Token": self.csrf}
        reponse = await self.http.post(url, data=champs, headers=entetes)
        assert reponse.status_code == statut, f"{url}: {reponse.status_code} {reponse.text[:2000]}"
        return reponse


@dataclass(slots=True)
class Entreprise:
    """The staff over the API (`gens.karim`), and anybody in front of a page (`await page("karim")`)."""

    gens: Equipe
    maison: Maison
    _pages: dict[str, Navigateur] = field(default_factory=dict)

    async def page(self, qui: str) -> Navigateur:
        """Somebody signed in with the cookie of a browser."""
        if qui not in self._pages:
            http = self.maison.client()
            secret = MOT_DE_PASSE if qui == "admin" else SECRET
            reponse = await http.post("/connexion", data={"identifiant": qui, "mot_de_passe": secret})
            assert reponse.status_code in (204, 303), reponse.text
            self._pages[qui] = Navigateur(http)
            trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await self._pages[qui].lire("/moi"))
            assert trouve is not None
            self._pages[qui].csrf = trouve[1]
        return self._pages[qui]

    def qui(self, nom: str) -> Personne:
        """Somebody over the API, by first name."""
        personne: Personne = getattr(self.gens, nom)
        return personne

    async def fermer(self) -> None:
        """Everybody leaves."""
        for navigateur in self._pages.values():
            await navigateur.http.aclose()
        await self.gens.partir()


@asynccontextmanager
async def ouvrir_entreprise(databases: Databases, dossier: Path) -> AsyncIterator[Entreprise]:
    """A company with one account per role, its bus running, its databases dropped at the end."""
    async with AsyncExitStack() as pile:
        platform, boite = await pile.enter_async_context(ouvrir_plateforme(databases, dossier))
        await platform.worker.start()
        pile.push_async_callback(platform.worker.stop)
        await premier_administrateur(platform.database(GATEWAY.name), MOT_DE_PASSE)
        maison = Maison(platform, boite)
        entreprise = Entreprise(Equipe(maison), maison)
        pile.push_async_callback(entreprise.fermer)
        await entreprise.gens.embaucher()
        yield entreprise
