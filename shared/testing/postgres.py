"""A PostgreSQL for the tests, one migrated template database per service, and quick clones of it."""

import os
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import asyncpg

from shared.local_postgres import LocalPostgres
from shared.settings import with_database
from shared.testing.run import found_on_localhost, is_leftover, run_name, worker_name

VARIABLE = "AMANELA_TEST_DATABASE_URL"
LOCAL = "postgresql+asyncpg://postgres@127.0.0.1:5432"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def find_server() -> str:
    """The address of a server; it is started when there is none, once per run (see `once`)."""
    if url := os.environ.get(VARIABLE):
        return url
    if found_on_localhost(5432):
        return LOCAL
    server = _own_server()
    server.start()
    return server.url


def started_server() -> LocalPostgres | None:
    """The server started for this run, when one was."""
    server = _own_server()
    return server if server.folder.exists() else None


def _own_server() -> LocalPostgres:
    return LocalPostgres(Path(tempfile.gettempdir()) / f"{run_name()}-postgres", options=FAST)


def plain(url: str, database: str = "postgres") -> str:
    """The address asyncpg itself understands, for one database of the server."""
    return with_database(url, database).replace("postgresql+asyncpg://", "postgresql://", 1)


class Databases:
    """Makes and drops the databases of one test process on one server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._made = 0
        self._templates: dict[str, str] = {}

    async def clean_leftovers(self) -> None:
        """Drop the databases of runs that died without doing it."""
        same_machine = any(local in self.url for local in ("127.0.0.1", "localhost", "host=/"))
        await self._drop_where(lambda name: is_leftover(name, same_machine=same_machine))

    async def drop_run(self) -> None:
        """Drop everything this run made."""
        await self._drop_where(lambda name: name.startswith(f"{run_name()}_"))

    async def template(self, service: str, migrate: Callable[[str], Awaitable[None]]) -> str:
        """The name of a database of `service` migrated once per run, whichever worker comes first."""
        if service not in self._templates:
            name = f"{run_name()}_{service}"
            connection = await asyncpg.connect(plain(self.url))
            try:
                await connection.execute("select pg_advisory_lock(hashtext($1))", name)
                await self._make_template(connection, name, migrate)
            finally:
                await connection.close()
            self._templates[service] = name
        return self._templates[service]

    async def clone(self, template: str) -> tuple[str, str]:
        """A fresh database made from `template`: its name and its SQLAlchemy address."""
        self._made += 1
        name = f"{run_name()}_{worker_name()}_{self._made}"
        await self._execute(f'create database "{name}" template "{template}"')
        return name, with_database(self.url, name)

    async def empty(self) -> tuple[str, str]:
        """A fresh database without any table: its name and its SQLAlchemy address."""
        return await self.clone("template0")

    async def drop(self, name: str) -> None:
        """Drop one database, cutting whoever is still connected."""
        await self._execute(f'drop database if exists "{name}" with (force)')

    async def _make_template(
        self, connection: "asyncpg.Connection[asyncpg.Record]", name: str, migrate: Callable[[str], Awaitable[None]]
    ) -> None:
        """Migrate under another name, then rename: an interrupted migration never passes for a template."""
        if await connection.fetchval("select 1 from pg_database where datname = $1", name):
            return
        await connection.execute(f'drop database if exists "{name}_brut" with (force)')
        await connection.execute(f'create database "{name}_brut" template template0')
        await migrate(with_database(self.url, f"{name}_brut"))
        await connection.execute(f'alter database "{name}_brut" rename to "{name}"')

    async def _drop_where(self, wanted: Callable[[str], bool]) -> None:
        connection = await asyncpg.connect(plain(self.url))
        try:
            rows = await connection.fetch("select datname from pg_database where datname like 'amt\\_%'")
            for name in filter(wanted, (row["datname"] for row in rows)):
                with suppress(asyncpg.PostgresError):  # another run may be cleaning too
                    await connection.execute(f'drop database if exists "{name}" with (force)')
        finally:
            await connection.close()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(plain(self.url))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
