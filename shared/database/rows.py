"""Rows written as one JSON array: PostgreSQL reads each value as its column's type.

One text per table, whatever the number of rows: it is prepared once per connection (docs/decisions/0024).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table

from shared.database.engine import json_text
from shared.database.transaction import Transaction

Values = Mapping[str, Any]


async def put(tx: Transaction, model: type[Any], rows: Sequence[Values]) -> None:
    """Insert these rows of `model`, or replace those it has under the same key. All rows name the same columns."""
    if rows:
        await tx.fetch(upsert(model.__table__, tuple(rows[0])), json_text(rows))


async def add_missing(tx: Transaction, model: type[Any], rows: Sequence[Values], *, returning: str = "") -> list[Any]:
    """Insert those of these rows that no unique key of `model` has yet; the column `returning` of those inserted.

    Rows name the same columns, those with a default among them; what is pending is not flushed before.
    """
    if not rows:
        return []
    found = await tx.fetch(_insertion(model.__table__, tuple(rows[0]), returning), json_text(rows))
    return [row[0] for row in found] if returning else []


@cache
def _insertion(table: Table, columns: tuple[str, ...], returning: str) -> str:
    back = f" RETURNING {returning}" if returning else ""
    return f"{_from_json(table, columns, 1)} ON CONFLICT DO NOTHING{back}"


@cache
def upsert(
    table: Table, columns: tuple[str, ...], *, unless_later: bool = False, parameter: int = 1, only_if: str = "true"
) -> str:
    """The statement that inserts rows, or replaces those that have the same key."""
    keys = [column.name for column in table.primary_key]
    replaced = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    action = f"UPDATE SET {replaced}" if replaced else "NOTHING"
    guard = f" WHERE {table.name}.seq <= excluded.seq" if unless_later else ""
    return f"{_from_json(table, columns, parameter)} WHERE {only_if} ON CONFLICT ({', '.join(keys)}) DO {action}{guard}"


def _from_json(table: Table, columns: tuple[str, ...], parameter: int) -> str:
    named = ", ".join(columns)
    return (  # every name is one of ours: a table and its columns
        f"INSERT INTO {table.name} ({named})"  # noqa: S608
        f" SELECT {named} FROM json_populate_recordset(NULL::{table.name}, ${parameter}::json)"
    )
