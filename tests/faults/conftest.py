"""Private servers for the faults: nothing here touches the PostgreSQL or the RabbitMQ of the machine."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared.database.database import Database
from shared.database.engine import ensure_database
from shared.kernel.ids import new_id
from shared.settings import with_database
from shared.testing.fixtures import NO_BROKER
from shared.testing.rabbit import LocalRabbit, RabbitMissing
from shared.testing.run import run_name, worker_name
from tests.faults.banc import Postgres, Scene
from tests.faults.systeme import create_tables

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests start many processes: they have a mark of their own, and time on a busy machine."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("faults")
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def private_postgres() -> Iterator[Postgres]:
    """A cluster the tests of one worker may crash: another worker would lose its own in the middle of a burst."""
    server = Postgres(Path(tempfile.gettempdir()) / f"{run_name()}_{worker_name()}-pannes")
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def private_rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRabbit]:
    """A node the tests may kill."""
    node = LocalRabbit(tmp_path_factory.mktemp("pannes") / "rabbit")
    try:
        node.start()
    except RabbitMissing as missing:
        pytest.skip(f"{NO_BROKER}: {missing}")
    yield node
    node.dispose()


@pytest.fixture(params=["rabbit", "inprocess"])
def embedded(request: pytest.FixtureRequest) -> bool:
    """Whether the system runs in one process; a test about the broker overrides it."""
    return bool(request.param == "inprocess")


@pytest.fixture
async def scene(
    embedded: bool, private_postgres: Postgres, private_rabbit: LocalRabbit, tmp_path: Path
) -> AsyncIterator[Scene]:
    """Fresh databases and names, and no process yet."""
    name = f"pannes_{new_id().hex}"
    urls = [with_database(private_postgres.url, f"{name}_{part}") for part in ("emetteur", "auditeur")]
    for url in urls:
        await ensure_database(url)
    emetteur, auditeur = Database("emetteur", urls[0], pool_size=2), Database("auditeur", urls[1], pool_size=2)
    await create_tables(emetteur, auditeur)
    made = Scene(emetteur, auditeur, private_postgres, private_rabbit, f"{name}.", tmp_path, embedded)
    yield made
    await made.stop()
    await emetteur.close()
    await auditeur.close()
