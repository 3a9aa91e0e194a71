"""The scene of a fault: private servers, real processes to kill, and the counts that must be right afterwards."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from shared.database.database import Database
from shared.local_postgres import LocalPostgres
from shared.testing.eventually import eventually
from shared.testing.rabbit import LocalRabbit
from tests.faults.systeme import COMPTES, FAITS, RANGS

DEADLINE = 150.0


class Postgres(LocalPostgres):
    """A private cluster that can be stopped as a crash would."""

    def stop_immediate(self) -> None:
        """No checkpoint: the next start recovers from the log."""
        self._run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", str(self.folder))


@dataclass
class Processus:
    """One real process of the bench."""

    role: str
    child: asyncio.subprocess.Process

    def kill(self) -> None:
        """kill -9."""
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGKILL)

    async def gone(self) -> int:
        """Its exit status, once it is dead."""
        return await asyncio.wait_for(self.child.wait(), DEADLINE)


@dataclass
class Scene:
    """Everything one fault test touches."""

    emetteur: Database
    auditeur: Database
    postgres: Postgres
    rabbit: LocalRabbit
    prefix: str
    folder: Path
    embedded: bool
    processes: list[Processus] = field(default_factory=list)

    async def start(self, role: str, **environment: str) -> Processus:
        """Start a process of that role; keyword arguments are its sabotage."""
        known = {
            "EMETTEUR_URL": self.emetteur.url.render_as_string(hide_password=False),
            "AUDITEUR_URL": self.auditeur.url.render_as_string(hide_password=False),
            "BROKER_URL": self.rabbit.url,
            "PREFIXE": self.prefix,
        }
        command = (sys.executable, "-m", "tests.faults.processus", role)
        with (self.folder / f"{role}.log").open("ab") as log:
            child = await asyncio.create_subprocess_exec(
                *command, env=os.environ | known | environment, stdout=log, stderr=log
            )
        self.processes.append(Processus(role, child))
        return self.processes[-1]

    async def start_all(self, **environment: str) -> list[Processus]:
        """The whole system, as the mode wants it."""
        if self.embedded:
            return [await self.start("tout", **environment)]
        return [await self.start("auditeur", **environment), await self.start("service", **environment)]

    async def restart_dead(self) -> int:
        """Start again, without sabotage, what died; how many did."""
        dead = [process for process in self.processes if process.child.returncode is not None]
        for process in dead:
            self.processes.remove(process)
            await self.start(process.role)
        return len(dead)

    async def count(self, database: Database, query: str) -> int:
        """One number of a database."""
        return int((await self.rows(database, query))[0][0])

    async def rows(self, database: Database, query: str) -> Sequence[Any]:
        """The rows of a query."""
        async with database.read() as session:
            return [tuple(row) for row in await session.execute(text(query))]

    async def until_journal(self, count: int) -> None:
        """The burst has gone that far."""

        async def check() -> bool:
            return await self.count(self.auditeur, "SELECT count(*) FROM journal") >= count

        await eventually(check, DEADLINE)

    async def until_written(self, count: int) -> None:
        """The emitter has committed that many facts."""

        async def check() -> bool:
            return await self.count(self.emetteur, "SELECT count(*) FROM outbox") >= count

        await eventually(check, DEADLINE)

    async def until_settled(self, missing: int = 0) -> None:
        """Everything written, sent and handled, but `missing` facts of the journal put aside."""

        async def check() -> None:
            assert await self.count(self.emetteur, "SELECT count(*) FROM outbox") == FAITS
            assert await self.count(self.emetteur, "SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0
            counts = await self.rows(self.auditeur, SETTLED)
            assert counts[0] == (FAITS - missing, FAITS, FAITS), counts

        await self.until(check)

    async def until(self, check: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """What `check` says becomes true; else every process writes what it waits for, and the tables what they hold."""
        try:
            await eventually(check, DEADLINE)
        except AssertionError as error:
            self.tell_tasks()
            for table in ("parked", "attempt"):
                error.add_note(f"{table}: {await self.rows(self.auditeur, f'SELECT * FROM {table} LIMIT 20')}")
            error.add_note(
                f"unsent: {await self.rows(self.emetteur, UNSENT)}; settled: {await self.rows(self.auditeur, SETTLED)}"
            )
            await asyncio.sleep(2)
            raise

    async def check(self, *, parked: int = 0, ordered: bool = True) -> None:
        """Nothing lost, nothing doubled, nothing out of order, nothing parked that should not be."""
        assert await self.rows(self.emetteur, "SELECT DISTINCT rang FROM compte") == [(RANGS,)]
        assert await self.rows(self.emetteur, WRITTEN) == [(COMPTES, FAITS, FAITS)]
        assert await self.rows(self.auditeur, JOURNAL) == [(FAITS - parked, FAITS - parked)]
        assert await self.rows(self.auditeur, "SELECT count(*), min(rang) FROM solde") == [(COMPTES, RANGS)]
        assert await self.count(self.auditeur, "SELECT count(*) FROM travail") == COMPTES * RANGS // 10
        mis_de_cote = await self.rows(self.auditeur, "SELECT subscription, state, attempts, error FROM parked")
        assert len(mis_de_cote) == parked, mis_de_cote
        if ordered:
            inversions = await self.rows(self.auditeur, "SELECT * FROM inversion")
            assert inversions == [], inversions  # not rewritten by pytest: the rows are the message

    def tell_tasks(self) -> None:
        """Have every living process write what it is doing to its log."""
        for process in self.processes:
            if process.child.returncode is None:
                process.child.send_signal(signal.SIGUSR1)

    async def stop(self) -> None:
        """Kill what is left."""
        for process in self.processes:
            process.kill()
            await process.gone()


SETTLED = """
SELECT (SELECT count(*) FROM inbox WHERE subscription = 'journal')
    - (SELECT count(*) FROM parked WHERE subscription = 'journal'),
  (SELECT count(*) FROM inbox WHERE subscription = 'solde') - (SELECT count(*) FROM parked WHERE subscription = 'solde'),
  (SELECT count(*) FROM inbox WHERE subscription = 'travail') - (SELECT count(*) FROM parked WHERE subscription = 'travail')
"""
UNSENT = "SELECT count(*), min(seq) FROM outbox WHERE published_at IS NULL"
WRITTEN = """
SELECT count(DISTINCT key), count(*), count(DISTINCT (key, payload->>'rang')) FROM outbox
"""
JOURNAL = "SELECT count(*), count(DISTINCT (compte_id, rang)) FROM journal"
