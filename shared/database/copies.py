"""Copies of what other services own: one statement per fact, written so that repeated and older facts change nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.base import Fact
from shared.database.engine import json_text
from shared.database.rows import Values, put, upsert
from shared.database.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Copy:
    """A table that follows facts: each of `rows(fact)` names every column of `model` but `seq`.

    A table without `seq` is nothing but its key: what it holds stays.
    """

    model: type[Any]
    rows: Callable[[Any], Sequence[Values]]

    @property
    def is_versioned(self) -> bool:
        """Whether a later fact replaces what an older one wrote."""
        return "seq" in self.model.__table__.columns

    async def handle(self, tx: Transaction, fact: Fact) -> None:
        """Write what `fact` tells, in a transaction that does other things too."""
        rows = self.rows(fact)
        if not self.is_versioned:
            return await put(tx, self.model, rows)
        for row in rows:
            await keep(tx, self.model, **row)
        return None


async def keep(tx: Transaction, model: type[Any], **values: Any) -> bool:
    """Insert or replace the row of `model` (a table with `seq`) unless a later fact wrote it; whether it was written."""
    values["seq"] = tx.envelope.seq if tx.envelope else 0
    text = f"{upsert(model.__table__, tuple(values), unless_later=True)} RETURNING seq"
    return bool(await tx.fetch(text, json_text([values])))
