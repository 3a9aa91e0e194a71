"""Copies of what other services own: one statement per fact, written so that repeated and older facts change nothing."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, bindparam
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction


async def keep(tx: Transaction, model: type[Any], **values: Any) -> bool:
    """Insert or replace the row of `model` (a table with `seq`) unless a later fact wrote it; whether it was written."""
    values["seq"] = tx.envelope.seq if tx.envelope else 0
    connection = await tx.session.connection()
    written = await connection.execute(_statement(model.__table__, tuple(values)), values)
    return written.first() is not None


async def put(tx: Transaction, model: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these rows of `model`, or replace those it has under the same key. All rows name the same columns."""
    if rows:
        connection = await tx.session.connection()
        await connection.execute(_replacing(model.__table__, tuple(rows[0])), list(rows))


# Building these statements costs more than running them; a service has a dozen of them.
@cache
def _replacing(table: Table, columns: tuple[str, ...]) -> Insert:
    keys = [column.name for column in table.primary_key]
    adding = insert(table).values({name: bindparam(name) for name in columns})
    replaced = {name: adding.excluded[name] for name in columns if name not in keys}
    return adding.on_conflict_do_update(index_elements=keys, set_=replaced)


@cache
def _statement(table: Table, columns: tuple[str, ...]) -> Insert:
    keys = [column.name for column in table.primary_key]
    adding = insert(table).values({name: bindparam(name) for name in columns})
    replaced = {name: adding.excluded[name] for name in columns if name not in keys}
    return adding.on_conflict_do_update(
        index_elements=keys, set_=replaced, where=table.c.seq <= adding.excluded.seq
    ).returning(table.c.seq)
