"""The pytest fixtures, loaded once by tests/conftest.py and available to every test."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol
from uuid import UUID

import httpx
import pytest

from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock, FrozenClock
from shared.means import lend
from shared.settings import DEFAULT_SECRET, Mode, Settings
from shared.testing import broker as brokers
from shared.testing.migrated import migrate
from shared.testing.once import once
from shared.testing.postgres import Databases, find_server
from shared.testing.rabbit import RabbitMissing
from shared.web.auth import Jetons

NO_BROKER = "RabbitMQ is missing"
A_MORNING = datetime(2026, 3, 17, 8, 30, tzinfo=UTC)  # a Tuesday, 9:30 in Paris


class ServiceDatabase(Protocol):
    """`await service_database("inventory")`: a Database on a fresh clone, dropped after the test."""

    def __call__(self, service: str, clock: Clock | None = None) -> Awaitable[Database]: ...


class Jeton(Protocol):
    """`jeton("devis.lire", "devis.valider")`: the headers of an authenticated request."""

    def __call__(self, *permissions: str, nom: str = "Camille Test", id: UUID | None = None) -> dict[str, str]: ...


class ServiceClient(Protocol):
    """`await service_client("inventory", database)`: an HTTP client of the service's application, without socket."""

    def __call__(self, service: str, database: Database, *permissions: str) -> Awaitable[httpx.AsyncClient]: ...


@pytest.fixture
def clock() -> FrozenClock:
    """A clock stopped on a Tuesday morning of March 2026, that the test moves."""
    return FrozenClock(A_MORNING)


@pytest.fixture
def actor() -> Actor:
    """Somebody who may do everything."""
    return Actor(nom="Camille Test", id=UUID(int=1), permissions=frozenset({"*"}))


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A PostgreSQL server: AMANELA_TEST_DATABASE_URL, else localhost:5432, else an embedded one for this run."""
    return once("postgres", find_server)


@pytest.fixture(scope="session")
async def databases(postgres_url: str) -> Databases:
    """Makes databases on the server; everything is dropped when the run ends."""
    found = Databases(postgres_url)
    await found.clean_leftovers()
    return found


@pytest.fixture
async def empty_database_url(databases: Databases) -> AsyncIterator[str]:
    """The address of a fresh database without any table."""
    name, url = await databases.empty()
    yield url
    await databases.drop(name)


@pytest.fixture
async def service_database(databases: Databases) -> AsyncIterator[ServiceDatabase]:
    """Makes fresh migrated databases of services, closed and dropped after the test."""
    opened: list[tuple[str, Database]] = []

    async def make(service: str, clock: Clock | None = None) -> Database:
        async def migrated(url: str) -> None:
            await migrate(service, url)

        name, url = await databases.clone(await databases.template(service, migrated))
        database = Database(service, url, clock=clock)
        opened.append((name, database))
        return database

    yield make
    for name, database in reversed(opened):
        await database.close()
        await databases.drop(name)


@pytest.fixture
def test_settings(postgres_url: str, tmp_path: Path) -> Settings:
    """Settings of a process under test: embedded mode, the server of the tests, files in a folder of the test."""
    return Settings(
        mode=Mode.EMBEDDED, database_url=postgres_url, storage_folder=tmp_path / "fichiers", smtp_tls="aucun"
    )


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    """A temporary folder for a private PostgreSQL, which runs as another user when we are root.

    Not `tmp_path`: every pytest that starts closes the folder above it to other users, and a server shut out of its
    own folder panics at its next checkpoint.
    """
    folder = Path(tempfile.mkdtemp(prefix="amanela-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A folder for the private servers of one test."""
    with folder_for_servers() as folder:
        yield folder


@pytest.fixture(scope="session")
async def renderer() -> AsyncIterator[Renderer]:
    """One warm printing process for the whole session."""
    async with Renderer() as warm:
        yield warm


@pytest.fixture
def jeton(clock: FrozenClock) -> Jeton:
    """Signs headers as the gateway does, at the time of `clock`; without permission named, all are granted."""
    jetons = Jetons(DEFAULT_SECRET, clock)

    def headers(*permissions: str, nom: str = "Camille Test", id: UUID | None = None) -> dict[str, str]:
        actor = Actor(nom=nom, id=id or UUID(int=1), permissions=frozenset(permissions or {"*"}))
        return {"Authorization": f"Bearer {jetons.signer(actor)}"}

    return headers


@pytest.fixture
async def service_client(
    clock: FrozenClock, jeton: Jeton, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[ServiceClient]:
    """Makes clients of services, authenticated with the permissions named (all when none is).

    The database takes the clock of the test, so that tokens, facts and rows agree on the time.
    """
    async with AsyncExitStack() as stack:

        async def make(service: str, database: Database, *permissions: str) -> httpx.AsyncClient:
            database.clock = clock
            means = lend(database, test_settings, renderer=renderer)
            application = import_module(f"services.{service}.app").create_app(means)
            transport = httpx.ASGITransport(application)
            headers = jeton(*permissions)
            client = httpx.AsyncClient(transport=transport, base_url=f"http://{service}", headers=headers)
            return await stack.enter_async_context(client)

        yield make


@pytest.fixture(scope="session")
def broker() -> Iterator[brokers.Broker]:
    """A RabbitMQ place of this test process: AMQP_URL, else localhost:5672, else a private node; else skipped loudly."""
    try:
        place = brokers.open_broker()
    except RabbitMissing as missing:
        pytest.skip(f"{NO_BROKER}: {missing}")
    yield place
    place.drop()


@pytest.fixture
def broker_url(broker: brokers.Broker) -> str:
    """The AMQP address of that place."""
    return broker.url


@pytest.fixture
def broker_prefix(broker: brokers.Broker) -> str:
    """What must start every exchange and queue name: "" on a virtual host of ours."""
    return broker.prefix
