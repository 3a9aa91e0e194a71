"""The product as people run it, started for a measure: its address, its databases, and what its processes cost."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil

from bench.client import Client
from shared.database.engine import connect
from shared.kernel.ids import new_id
from shared.local_postgres import LocalPostgres
from shared.settings import with_database
from shared.testing.eventually import eventually
from tests.journeys.systeme import MOT_DE_PASSE, embarque

QUIET_SHARE = 0.35  # of one core: more than the product spends at rest, even on a busy machine
LONGEST_QUIET_WAIT = 15.0
REST = 4.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of CPU since the start: our server, and its PostgreSQL."""

    server: float
    postgres: float

    def __sub__(self, before: "Spent") -> "Spent":
        return Spent(self.server - before.server, self.postgres - before.postgres)

    def times(self, factor: float) -> "Spent":
        """Both, multiplied."""
        return Spent(self.server * factor, self.postgres * factor)


@dataclass(slots=True)
class Product:
    """One process with everything in it, and its private PostgreSQL."""

    address: str
    postgres_url: str
    server: psutil.Process
    postmaster: psutil.Process
    bearer: str
    resting: "Spent | None" = None

    async def client(self) -> Client:
        """A program signed in as the administrator."""
        return await Client.open(self.address, {"authorization": f"Bearer {self.bearer}"})

    async def browser(self) -> Client:
        """A person signed in as the administrator, in a page."""
        client = await Client.open(self.address, {"accept": "text/html"})
        form = f"identifiant=admin&mot_de_passe={MOT_DE_PASSE}".encode()
        await client.request("POST", "/connexion", form, {"content-type": "application/x-www-form-urlencoded"})
        return client

    async def database(self, service: str) -> asyncpg.Connection:
        """A bare connection to the database of a service: to load data, and for the raw limits."""
        return await connect(with_database(self.postgres_url, f"amanela_{service}"))

    def spent(self) -> Spent:
        """CPU so far; backends that ended are counted by the postmaster."""
        mine = self.server.cpu_times()
        database = sum(self.postmaster.cpu_times()[:4])
        for backend in self.postmaster.children():
            with contextlib.suppress(psutil.NoSuchProcess):
                database += sum(backend.cpu_times()[:2])
        return Spent(mine.user + mine.system, database)

    async def at_rest(self) -> Spent:
        """CPU per second when nobody asks anything: relays and timers, told apart from the operations."""
        if self.resting is None:
            await self.quiet()
            before, begun = self.spent(), time.perf_counter()
            await asyncio.sleep(REST)
            self.resting = (self.spent() - before).times(1 / (time.perf_counter() - begun))
        return self.resting

    async def quiet(self) -> None:
        """Wait until every effect of what was done is done too."""
        deadline = time.monotonic() + LONGEST_QUIET_WAIT
        while time.monotonic() < deadline:
            before = self.spent().server
            await asyncio.sleep(0.4)
            if self.spent().server - before < 0.4 * QUIET_SHARE:
                return


@contextlib.asynccontextmanager
async def product() -> AsyncIterator[Product]:
    """Start an empty embedded installation, stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="amanela-bench-") as name:
        folder = Path(name)
        async with embarque(folder) as systeme:
            postgres = LocalPostgres(folder / "donnees" / "postgres")
            postmaster = int((postgres.folder / "postmaster.pid").read_text().split()[0])
            asked = {"identifiant": "admin", "mot_de_passe": MOT_DE_PASSE}
            nobody = await eventually(lambda: Client.open(systeme.adresse), 30)
            bearer = (await nobody.post("/api/auth/jetons", asked))["jeton"]
            await nobody.close()
            server = psutil.Process(systeme.processus.pid)
            yield Product(systeme.adresse, postgres.url, server, psutil.Process(postmaster), bearer)


def unique() -> str:
    """Something no other record of this run is called."""
    return new_id().hex[-10:]
