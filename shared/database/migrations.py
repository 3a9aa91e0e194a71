"""Alembic without its command line: one history per service, one environment for all."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.engine import async_url, ensure_database

ENVIRONMENT = Path(__file__).parent / "alembic_env"


def versions_of(service: str) -> Path:
    """Where the migrations of `service` are: services/<service>/migrations/versions, or those of the gateway."""
    package = "gateway" if service == "gateway" else f"services.{service}"
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"{package} is not a package")
    return Path(spec.submodule_search_locations[0]) / "migrations" / "versions"


def configuration(service: str, versions: Path | None = None, connection: Connection | None = None) -> Config:
    """The alembic configuration of `service`; `versions` overrides where its migrations are."""
    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(versions or versions_of(service)))
    config.attributes.update(connection=connection, service=service)
    return config


async def upgrade(service: str, url: str | URL, *, revision: str = "head", versions: Path | None = None) -> None:
    """Bring the database of `service` to `revision`, creating it if needed; several callers wait for each other."""
    await ensure_database(url)

    def run(connection: Connection) -> None:
        connection.execute(text("SELECT pg_advisory_xact_lock(7265746)"))
        command.upgrade(configuration(service, versions, connection), revision)

    await _on_connection(url, run)


async def pending(service: str, url: str | URL, *, versions: Path | None = None) -> bool:
    """Whether the database of `service` is behind its migrations."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    heads = set(ScriptDirectory.from_config(configuration(service, versions)).get_heads())

    def current(connection: Connection) -> set[str]:
        return set(MigrationContext.configure(connection).get_current_heads())

    found: set[str] = await _on_connection(url, current)
    return found != heads


async def _on_connection(url: str | URL, work: Any) -> Any:
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()
