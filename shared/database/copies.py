"""Copies of what other services own: one statement per fact, written so that repeated and older facts change nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table

from shared.contracts.base import Fact
from shared.database.engine import json_text
from shared.database.transaction import Transaction

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Copy:
    """A table that follows facts: `values(fact)` names every column of `model` but `seq`."""

    model: type[Any]
    values: Callable[[Any], Values]

    async def handle(self, tx: Transaction, fact: Fact) -> None:
        """Write what `fact` tells, in a transaction that does other things too."""
        await keep(tx, self.model, **self.values(fact))


async def keep(tx: Transaction, model: type[Any], **values: Any) -> bool:
    """Insert or replace the row of `model` (a table with `seq`) unless a later fact wrote it; whether it was written."""
    values["seq"] = tx.envelope.seq if tx.envelope else 0
    text = f"{upsert(model.__table__, tuple(values), unless_later=True)} RETURNING seq"
    connection = await tx.session.connection()
    return (await connection.exec_driver_sql(text, (json_text([values]),))).first() is not None


async def put(tx: Transaction, model: type[Any], rows: Sequence[Values]) -> None:
    """Insert these rows of `model`, or replace those it has under the same key. All rows name the same columns."""
    if rows:
        connection = await tx.session.connection()
        await connection.exec_driver_sql(upsert(model.__table__, tuple(rows[0])), (json_text(rows),))


@cache
def upsert(
    table: Table, columns: tuple[str, ...], *, unless_later: bool = False, parameter: int = 1, only_if: str = "true"
) -> str:
    """The statement that writes rows given as one JSON array: PostgreSQL reads each value as its column's type.

    One text per table, whatever the number of rows: it is prepared once per connection (docs/decisions/0024).
    """
    keys = [column.name for column in table.primary_key]
    replaced = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    action = f"UPDATE SET {replaced}" if replaced else "NOTHING"
    guard = f" WHERE {table.name}.seq <= excluded.seq" if unless_later else ""
    named = ", ".join(columns)
    return (  # every name is one of ours: a table and its columns
        f"INSERT INTO {table.name} ({named})"  # noqa: S608
        f" SELECT {named} FROM json_populate_recordset(NULL::{table.name}, ${parameter}::json)"
        f" WHERE {only_if} ON CONFLICT ({', '.join(keys)}) DO {action}{guard}"
    )
