"""A whole system of real processes, started for the journeys: embedded, or one process per service over RabbitMQ."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.boite_locale import BoiteLocale, open_boite
from deploy.topology import GATEWAY, PARTS
from shared.kernel.clock import SystemClock
from shared.settings import with_database
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from shared.testing.rabbit import free_port

MOT_DE_PASSE = "parcours-complet"
PRET_EN = 180.0  # fifteen processes on two cores that other tests use too


@dataclass
class Systeme:
    """A running installation: its address, its mailbox, its parent process."""

    adresse: str
    boite: BoiteLocale
    processus: asyncio.subprocess.Process
    environnement: dict[str, str] = field(default_factory=dict)
    dossier: Path = Path()

    @asynccontextmanager
    async def partie(self, nom: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, asyncio.subprocess.Process]]:
        """The HTTP and worker processes of one service, for a system started without it; stopped after the block."""
        async with _lancer(("migrate", nom), self.environnement, self.dossier / f"journal-{nom}-migrate") as migration:
            assert await migration.wait() == 0
        async with AsyncExitStack() as pile:
            service, ouvrier = [
                await pile.enter_async_context(
                    _lancer((cote, nom), self.environnement, self.dossier / f"journal-{nom}-{cote}")
                )
                for cote in ("serve", "worker")
            ]
            yield service, ouvrier

    def client(self, jeton: str = "") -> httpx.AsyncClient:
        """An HTTP client, authenticated when a token is given."""
        entetes = {"Authorization": f"Bearer {jeton}"} if jeton else {}
        return httpx.AsyncClient(base_url=self.adresse, headers=entetes, timeout=30)


@asynccontextmanager
async def embarque(dossier: Path) -> AsyncIterator[Systeme]:
    """`amanela demo --empty`: one process, private PostgreSQL, in-process bus."""
    arguments = ("demo", "--empty", "--no-front", "--folder", str(dossier / "donnees"), "--port", str(free_port()))
    journal = dossier / "journal"
    async with _lancer(arguments, {"AMANELA_MODE": "embedded"}, journal) as processus:
        ligne = await _attendre(processus, lambda: _annonce(journal), journal)
        boite = BoiteLocale(dossier / "donnees" / "courrier", SystemClock())
        yield Systeme(ligne, boite, processus)


@asynccontextmanager
async def sur_rabbitmq(
    dossier: Path, databases: Databases, broker: Broker, *, sauf: frozenset[str] = frozenset()
) -> AsyncIterator[Systeme]:
    """`amanela up`: one HTTP and one worker process per service but `sauf`, RabbitMQ between them."""
    bases = {part.name: await databases.empty() for part in PARTS}
    decalage = free_port() % 20000 + 1000
    async with open_boite(dossier / "courrier") as (boite, port_smtp):
        environnement = {
            "AMANELA_MODE": "server",
            "AMANELA_DATABASE_URL": with_database(next(iter(bases.values()))[1], ""),
            **{f"AMANELA_DATABASE_URL_{nom.upper()}": url for nom, (_, url) in bases.items()},
            "AMANELA_DATABASE_POOL": "2",
            "AMQP_URL": broker.url,
            "AMANELA_AMQP_PREFIX": broker.prefix,
            "AMANELA_PORT_OFFSET": str(decalage),
            "AMANELA_PUBLIC_URL": f"http://127.0.0.1:{GATEWAY.port + decalage}",
            "AMANELA_TOKEN_SECRET": "t" * 40,
            "AMANELA_SESSION_SECRET": "s" * 40,
            "AMANELA_STORAGE_FOLDER": str(dossier / "fichiers"),
            "AMANELA_SMTP_PORT": str(port_smtp),
            "AMANELA_SMTP_TLS": "aucun",
        }
        presents = tuple(part.name for part in PARTS if part.name not in sauf)
        async with _lancer(("up", *presents), environnement, dossier / "journal") as processus:
            systeme = Systeme(environnement["AMANELA_PUBLIC_URL"], boite, processus, environnement, dossier)
            await _attendre(processus, lambda: _tout_repond(systeme, presents), dossier / "journal")
            yield systeme
    for nom, _ in bases.values():
        await databases.drop(nom)


@asynccontextmanager
async def _lancer(
    arguments: tuple[str, ...], variables: dict[str, str], journal: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    commun = {"AMANELA_ADMIN_PASSWORD": MOT_DE_PASSE, "AMANELA_WEBHOOKS_PRIVATE": "true", "PYTHONUNBUFFERED": "1"}
    environnement = os.environ | variables | commun
    with journal.open("wb") as sortie:
        processus = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "deploy.cli", *arguments, env=environnement, stdout=sortie, stderr=sortie
        )
    try:
        yield processus
    finally:
        if processus.returncode is None:
            processus.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(processus.wait(), 30)
            except TimeoutError:
                processus.kill()
                await processus.wait()


async def _attendre(processus: asyncio.subprocess.Process, verifier: Callable[[], Any], journal: Path) -> Any:
    """What `verifier` gives once it is true; a system that stops before says why."""
    pret, arret = asyncio.create_task(eventually(verifier, PRET_EN)), asyncio.create_task(processus.wait())
    await asyncio.wait({pret, arret}, return_when=asyncio.FIRST_COMPLETED)
    if pret.done():
        arret.cancel()
        return pret.result()
    pret.cancel()
    raise RuntimeError(f"the system stopped at start:\n{await asyncio.to_thread(journal.read_text)}")


def _annonce(journal: Path) -> str:
    """The address, once everything is ready."""
    prete = [ligne for ligne in journal.read_text().splitlines() if "Amanela est prête" in ligne]
    return prete[0].rsplit(" ", 1)[-1] if prete else ""


async def _tout_repond(systeme: Systeme, presents: Iterable[str]) -> bool:
    """Whether the administrator can sign in and every service started answers through the gateway."""
    async with systeme.client() as client:
        corps = {"identifiant": "admin", "mot_de_passe": MOT_DE_PASSE}
        jeton = await client.post("/api/auth/jetons", json=corps)
        if jeton.status_code != 201:
            return False
        entetes = {"Authorization": f"Bearer {jeton.json()['jeton']}"}
        reponses = await asyncio.gather(
            *(client.get(f"/api/{nom}/pret", headers=entetes) for nom in presents if nom != GATEWAY.name)
        )
    return all(reponse.status_code == 200 for reponse in reponses)
