"""Deliveries that only write copies: one statement takes the facts and writes the rows, without a session.

A session, its transaction and their four round trips cost five times the work itself (docs/decisions/0024).
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import asyncpg
from sqlalchemy import Table

from shared.bus import metrics
from shared.bus.subscriptions import Groupe
from shared.contracts.base import Envelope
from shared.database.copies import Copy
from shared.database.database import Database
from shared.database.engine import LONGEST_STATEMENT, connect, json_text
from shared.database.rows import Values, upsert


class CopyWriter:
    """Writes the copies of one service over a connection of its own, one statement at a time."""

    def __init__(self, database: Database, groupe: Groupe) -> None:
        self._database, self._groupe = database, groupe
        self._connection: asyncpg.Connection | None = None
        self._busy = asyncio.Lock()

    async def write(self, subscription: str, copy: Copy, envelopes: Sequence[Envelope]) -> bool:
        """Apply facts not applied yet, with their inbox rows. False, and nothing done, when a parked fact comes first.

        Raises whatever the connection or a value causes: nothing is written then, the usual way tells what to do.
        """
        started = time.perf_counter()
        rows, table = _rows(copy, envelopes), copy.model.__table__
        text = _statement(table, tuple(rows[0]) if rows else tuple(table.primary_key.columns.keys()))
        ids, keys = [e.id for e in envelopes], [e.key for e in envelopes]
        async with self._busy:
            try:
                connection = await self._open()
                arguments = (subscription, ids, self._groupe.value, keys, json_text(rows))
                waiting, taken = await connection.fetchrow(text, *arguments)
            except BaseException:
                await self._drop()
                raise
        if waiting:
            return False
        service = self._database.service
        metrics.INBOX_CONFLICTS.labels(service).inc(len(ids) - taken)
        metrics.handled(service, subscription, time.perf_counter() - started, taken)
        return True

    async def close(self) -> None:
        """Give the connection back."""
        async with self._busy:
            await self._drop()

    async def _open(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            name = {"application_name": f"copies-{self._database.service}"}
            self._connection = await connect(
                self._database.url, command_timeout=LONGEST_STATEMENT, server_settings=name
            )
        return self._connection

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                await connection.close(timeout=2)


def _rows(copy: Copy, envelopes: Sequence[Envelope]) -> list[Values]:
    """One row per key of the table, that of its last fact: a statement may not write a row twice."""
    keys = [column.name for column in copy.model.__table__.primary_key]
    latest: dict[tuple[Any, ...], Values] = {}
    for envelope in sorted(envelopes, key=lambda e: e.seq):
        place = {"seq": envelope.seq} if copy.is_versioned else {}
        for row in copy.rows(envelope.fact):
            latest[tuple(row[key] for key in keys)] = {**row, **place}
    return list(latest.values())


@cache
def _statement(table: Table, columns: tuple[str, ...]) -> str:
    """A fact taken before writes nothing; neither does a batch in which the key of a fact waits for a parked one."""
    writing = upsert(table, columns, unless_later="seq" in columns, parameter=5, only_if="EXISTS (SELECT FROM pris)")
    return f"""
WITH attente AS (
  SELECT count(*) AS nombre FROM parked
  WHERE groupe = $3 AND key = ANY($4::uuid[]) AND ordered AND (state = 'waiting' OR strict)
), pris AS (
  INSERT INTO inbox (subscription, message_id) SELECT $1, unnest($2::uuid[]) WHERE (SELECT nombre FROM attente) = 0
  ON CONFLICT DO NOTHING RETURNING message_id
), ecrit AS ({writing})
SELECT nombre, (SELECT count(*) FROM pris) FROM attente
"""  # noqa: S608 (names of our own tables)
